"""Input of programmes into clean values, a file a noun."""
