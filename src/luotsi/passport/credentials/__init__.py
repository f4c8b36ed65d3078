"""Open Badges as plain values: keys, badges, seals and how to judge them. No Django, no network."""
