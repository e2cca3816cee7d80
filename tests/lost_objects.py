"""An object store that loses what it holds."""

from datetime import UTC, datetime

from invoice_summarizer.ports.object_store import ObjectStore


async def lose_objects(objects: ObjectStore) -> int:
    """Removes every object, whoever uses it; returns how many those were."""
    listed = [each async for each in objects.list(datetime(9999, 1, 1, tzinfo=UTC))]
    return sum([await objects.delete(each) for each in listed])
