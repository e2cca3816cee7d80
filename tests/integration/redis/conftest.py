"""A real Redis beside a real PostgreSQL."""

from postgres_fixture import database, database_server, engine
from redis_fixture import redis_server, redis_session
from storage_fixture import postgres_storage

__all__ = [
    "database",
    "database_server",
    "engine",
    "postgres_storage",
    "redis_server",
    "redis_session",
]
