"""The name of the pack of our own rules: what the standard does not ask, and a payer wants to know."""

from en16931.rules.rule import PackName

OWN = PackName("invoice-summarizer", "1")
