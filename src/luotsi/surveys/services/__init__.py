"""Writes of surveys, a file a noun."""
