"""What people do together: relationships, agreements, sessions, goals, and how it ends."""
