"""Writes: relationships and their end, agreements, meetings, what is forgotten."""
