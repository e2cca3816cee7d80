"""Ports before which a cache stands."""
