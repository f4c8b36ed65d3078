"""Who could mentor whom, and who has said yes."""
