"""What the system does, a verb and a noun a file."""
