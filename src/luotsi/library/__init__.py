"""Texts that people use in mentoring: guides, tools, templates, practices."""
