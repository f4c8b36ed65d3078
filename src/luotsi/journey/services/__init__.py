"""Writes where several modules meet."""
