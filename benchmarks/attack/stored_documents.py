"""Whether everything that was taken in is stored, once, and was ended, once."""

import asyncio
import hashlib
from collections.abc import Iterable

from attack.outcome import Outcome
from stored_state import StoredState

_DOCUMENTS = "SELECT document_sha256, count(*) FROM invoices WHERE tenant = %s GROUP BY 1"
_ENDED_TWICE = """
    SELECT operation_id FROM audit_log WHERE tenant = %s AND kind IN
    ('invoice.ready', 'invoice.review_pending', 'invoice.failed', 'operation.failed')
    GROUP BY 1 HAVING count(*) > 1
"""
_NOT_ENDED = """
    SELECT state, attempt FROM operations
    WHERE tenant = %s AND state NOT IN ('succeeded', 'failed', 'cancelled')
"""
_ENDS_WITHIN_SECONDS = 120.0  # a worker that was halted may have taken one up again just before


async def look_at_what_is_stored(
    outcome: Outcome, state: StoredState, tenant: str, taken: Iterable[bytes]
) -> None:
    """The outcome counts what was taken and is lost or doubled, and tells of what does not end and of orphans."""
    await _all_ended(outcome, state, tenant)
    invoices = dict(await state.rows(_DOCUMENTS, tenant))
    expected = {hashlib.sha256(document).hexdigest() for document in taken}
    outcome.lost += len(expected - invoices.keys())
    outcome.doubled += sum(count > 1 for count in invoices.values())
    outcome.doubled += len(await state.rows(_ENDED_TWICE, tenant))
    loose, _, missing = await state.orphans()
    outcome.require(not loose, f"{loose} rows belong to nothing")
    outcome.lost += len(missing)


async def _all_ended(outcome: Outcome, state: StoredState, tenant: str) -> None:
    end = asyncio.get_running_loop().time() + _ENDS_WITHIN_SECONDS
    while not_ended := await state.rows(_NOT_ENDED, tenant):
        if asyncio.get_running_loop().time() >= end:
            kinds = ", ".join(f"{told} at attempt {attempt}" for told, attempt in not_ended)
            outcome.require(False, f"{len(not_ended)} operations do not end: {kinds}")
            return
        await asyncio.sleep(0.2)
