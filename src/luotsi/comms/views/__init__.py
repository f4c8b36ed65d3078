"""Pages of comms, by who opens them."""
