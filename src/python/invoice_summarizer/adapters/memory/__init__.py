"""Every port in memory: for tests, and for trying things out. What it holds ends with the process."""
