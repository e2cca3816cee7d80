"""Answers of models that were kept in files."""
