"""What programmes say to people: letters, what is wrong with a list, what comes next in a programme."""
