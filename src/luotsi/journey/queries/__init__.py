"""Reads over several modules."""
