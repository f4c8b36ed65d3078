"""Writes of competence, a file a noun."""
