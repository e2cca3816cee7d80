"""Reads documents in child processes that can be lost."""
