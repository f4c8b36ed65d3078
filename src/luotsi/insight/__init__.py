"""What the numbers say: reads everything, writes only its own tables."""
