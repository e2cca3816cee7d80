"""Deterministic extraction: invoice fields from words with boxes, each bound to the words that state it."""
