"""How a message reaches a recipient: kinds, channels, attempts and their fate, preferences."""
