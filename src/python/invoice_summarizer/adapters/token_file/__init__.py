"""Bearer tokens in a file."""
