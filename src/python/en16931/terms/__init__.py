"""An invoice as its business terms, as written: what the rules of the standard look at, whatever it was read from."""
