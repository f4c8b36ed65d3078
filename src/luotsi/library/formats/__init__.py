"""Tools as they come in files: YAML in, checked values out. Pure: knows no database and no page."""
