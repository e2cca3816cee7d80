"""Turns a PDF into pages with MuPDF: its words, which of them can be seen, and the files inside. Nobody else imports it."""
