"""What follows from what: the only place that knows several modules at once, and pages that show them together."""
