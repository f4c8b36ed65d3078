"""Writes: persons and accounts, organisations and networks, roles and invitations, circles and occasions."""
