"""How the text of an agreement is kept: one plain text a language, readable by itself. Pure."""
