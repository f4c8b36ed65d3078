"""Pure parts of surveys: going through pages, the respondent's own code."""
