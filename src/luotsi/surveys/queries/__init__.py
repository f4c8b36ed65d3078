"""Reads of surveys, a file a noun."""
