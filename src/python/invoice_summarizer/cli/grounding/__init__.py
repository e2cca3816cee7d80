"""How well readings of generated documents are bound to what is true of their words and rows."""
