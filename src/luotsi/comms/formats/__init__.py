"""Wire formats, in pure Python: a mail as bytes, and the conversation with a mail server that hands it over."""
