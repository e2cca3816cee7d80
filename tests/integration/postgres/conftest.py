"""A real PostgreSQL."""

from postgres_fixture import database, database_server, engine
from storage_fixture import postgres_storage

__all__ = ["database", "database_server", "engine", "postgres_storage"]
