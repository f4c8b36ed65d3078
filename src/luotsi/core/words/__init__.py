"""How words are compared: keys to find, to sort and to tell e-mail addresses apart. Pure: strings in, strings out."""
