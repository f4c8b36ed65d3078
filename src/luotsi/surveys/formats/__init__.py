"""What a survey asks and what counts as an answer. Pure: knows no database and no page."""
