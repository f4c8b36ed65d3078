"""What surveys tell people, a file a kind."""
