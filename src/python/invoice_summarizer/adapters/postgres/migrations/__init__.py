"""The schema's history: forward only, each step first expands, and contracts once nothing uses the old form."""
