"""Reads of competence, a file a noun."""
