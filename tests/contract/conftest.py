"""Every adapter of the storage ports."""

from postgres_fixture import database, database_server, engine
from storage_fixture import memory_storage, postgres_storage, storage

__all__ = [
    "database",
    "database_server",
    "engine",
    "memory_storage",
    "postgres_storage",
    "storage",
]
