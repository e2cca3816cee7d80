"""Real PostgreSQL, and the storage ports over it and over memory."""

from postgres_fixture import database, database_server, engine
from storage_fixture import memory_storage, postgres_storage, storage
from worker_fixture import backlog

__all__ = [
    "backlog",
    "database",
    "database_server",
    "engine",
    "memory_storage",
    "postgres_storage",
    "storage",
]
