"""What requests that were killed have left in the object folder, and what the sweep leaves of it."""

import os

from pydantic import SecretStr

from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.object_storage import object_folder
from invoice_summarizer.settings import DatabaseSettings
from invoice_summarizer.use_cases.sweep_objects import GRACE, SweepObjects
from stored_state import StoredState


async def left_after_sweep(service_dsn: str, state: StoredState) -> int:
    """Makes all files as old as the sweep's grace and sweeps, as one of the workers does; returns how many are left
    that no row names. Nobody may be sending.
    """
    old = (utc_now() - 2 * GRACE).timestamp()
    for path in state.object_folder.rglob("*"):
        if path.is_file():
            os.utime(path, (old, old))
    settings = DatabaseSettings(dsn=SecretStr(service_dsn))
    async with opened_database(settings, "sweep", in_a_thread) as database:
        sweep = SweepObjects(database.transactions, object_folder(state.object_folder), utc_now)
        await sweep(_always)
    _, unnamed, _ = await state.orphans()
    return len(unnamed)


async def _always() -> bool:
    return True
