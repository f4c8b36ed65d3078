"""Who somebody is and whom they act for: persons, organisations, networks, memberships, circles, sign-in."""
