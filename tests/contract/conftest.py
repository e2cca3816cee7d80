"""Every adapter of the storage ports and of the object store."""

from postgres_fixture import database, database_server, engine
from redis_fixture import redis_server, redis_session
from s3_fixture import bucket, s3_server
from storage_fixture import memory_storage, postgres_storage, storage

__all__ = [
    "bucket",
    "database",
    "database_server",
    "engine",
    "memory_storage",
    "postgres_storage",
    "redis_server",
    "redis_session",
    "s3_server",
    "storage",
]
