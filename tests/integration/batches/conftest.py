"""Batches over memory and over a real PostgreSQL."""

import pytest
from batch_rig import BatchRig, due_rig

from postgres_fixture import database, database_server, engine
from storage_fixture import Storage, memory_storage, postgres_storage, storage

__all__ = [
    "database",
    "database_server",
    "engine",
    "memory_storage",
    "postgres_storage",
    "storage",
]


@pytest.fixture
async def rig(storage: Storage) -> BatchRig:
    return await due_rig(storage)
