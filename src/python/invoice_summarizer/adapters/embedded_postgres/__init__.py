"""A real PostgreSQL in a data folder, started and stopped by the program that needs it."""
