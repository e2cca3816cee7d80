"""A job that dies at any of its transactions: the next one does what is left, and nothing twice."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from batch_rig import FOLDER, OWNER, BatchRig, Died, all_documents, documents_at

from invoice_reading.reading import Reading
from invoice_summarizer.domain.batch import ItemState
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.ports.batch_jobs import BatchJob
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction, Transactions
from small_invoice import ubl_invoice

DOCUMENTS = [*(ubl_invoice(f"R-{number}") for number in range(3)), b"no invoice"]
_TRANSACTIONS = 7  # of a job on these


class _DyingTransactions:
    """The process dies when so many transactions are over, or just before the last of them commits."""

    def __init__(self, transactions: Transactions, number: int, *, before_commit: bool) -> None:
        self._transactions = transactions
        self._left = number
        self._before_commit = before_commit

    @property
    def storable(self) -> Callable[[Reading], StoredReading]:
        return self._transactions.storable

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        async with self._transactions.begin(tenant) as transaction:
            yield transaction
            self._left -= 1
            if not self._left and self._before_commit:
                raise Died
        if not self._left:
            raise Died


@pytest.mark.parametrize("before_commit", [True, False])
@pytest.mark.parametrize("number", range(1, _TRANSACTIONS + 1))
async def test_job_that_dies_is_followed_by_one_that_does_what_is_left(
    rig: BatchRig, number: int, before_commit: bool
) -> None:
    rig.imports.documents = documents_at(FOLDER, DOCUMENTS)
    job = BatchJob(OWNER.tenant, (await rig.create(all_documents())).id)
    whole = rig.transactions
    rig.transactions = _DyingTransactions(whole, number, before_commit=before_commit)
    died = False
    try:
        await rig.run_job(job)
    except Died:
        died = True
    rig.transactions = whole
    await rig.run_job(job)
    batch = await rig.batch(job.batch_id)
    assert (batch.total, batch.counts.summarized, batch.counts.failed) == (4, 3, 1)
    for item in await rig.items(job.batch_id):
        if item.state is ItemState.SUMMARIZED:
            events = await rig.storage.reader.events(
                OWNER.tenant, str(item.invoice_id), before=None, limit=9
            )
            assert [each.event.kind for each in reversed(events)] == [
                EventKind.INVOICE_RECEIVED,
                EventKind.INVOICE_READY,
                EventKind.INVOICE_SUMMARIZED,
            ]
    assert died
