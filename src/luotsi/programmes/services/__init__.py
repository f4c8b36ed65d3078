"""Writes: programmes and rounds, applications and participations, the ledger of places, imported lists."""
