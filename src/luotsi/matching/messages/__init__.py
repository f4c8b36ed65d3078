"""What matching says to people: letters, why a pair, why nobody."""
