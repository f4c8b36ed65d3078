"""Writes: marks, claims and evidence, decisions, keys and credentials."""
