"""Writes: working out the pairs, publishing them, and the answers to them."""
