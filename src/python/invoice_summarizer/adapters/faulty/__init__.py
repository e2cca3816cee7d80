"""Adapters that fail and wait as they are told, around others that work: for tests of what becomes of that."""
