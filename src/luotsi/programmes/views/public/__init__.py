"""Pages for everybody: what is here asks nobody who they are."""
