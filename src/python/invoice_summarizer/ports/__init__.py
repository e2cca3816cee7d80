"""What the use cases need from the world. Each docstring is a contract; `tests/contract` holds every adapter to it."""
