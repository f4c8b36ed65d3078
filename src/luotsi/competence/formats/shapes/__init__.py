"""The shapes in which the source writes criteria down, one file a shape."""
