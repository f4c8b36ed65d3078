"""Reads: what somebody may see of programmes."""
