"""Child processes, and how many things are done in them at once."""
