"""Batches whose documents take longer than a sweep lets lie what no row names."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import pytest
from batch_rig import FOLDER, OWNER, BatchRig, all_documents, documents_at

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.document_reader import MemoryDocumentReader
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.domain.batch import BatchItem
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.document_reader import PagesTold, tell_nobody
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.use_cases.sweep_objects import GRACE, SweepObjects
from invoice_summarizer.use_cases.take_in_documents import TakeInDocuments
from small_invoice import ubl_invoice

DOCUMENTS = [ubl_invoice(f"R-{number}") for number in range(3)]


class _Clock:
    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        return self.now


class _SlowReader(MemoryDocumentReader):
    """Every document takes longer than the grace, and is followed by a sweep."""

    def __init__(self, clock: _Clock, sweep: Callable[[], Awaitable[object]]) -> None:
        super().__init__({})
        self._clock = clock
        self._sweep = sweep

    async def read(
        self,
        data: bytes,
        media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        read = await super().read(data, media_type, whose=whose, told=told)
        self._clock.now += GRACE + timedelta(seconds=1)
        await self._sweep()
        return read


class _Slow:
    """Takes in the documents of a batch one after the other; `swept` is called after each sweep."""

    def __init__(self, rig: BatchRig, swept: Callable[[], object] = lambda: None) -> None:
        self.rig = rig
        self.clock = _Clock()
        self.objects = MemoryObjectStore(clock=self.clock)
        self.swept: list[int] = []
        sweep = SweepObjects(rig.transactions, self.objects, self.clock)

        async def sweep_all() -> None:
            self.swept.append(await sweep(_always))
            swept()

        self.sweep = sweep_all
        self._take_in = TakeInDocuments(
            rig.transactions,
            self.objects,
            rig.imports,
            _SlowReader(self.clock, sweep_all),
            in_a_thread,
            self.clock,
            new_uuid,
            at_once=1,
        )

    async def taken_in(self) -> list[BatchItem]:
        self.rig.imports.documents = documents_at(FOLDER, DOCUMENTS)
        batch_id = (await self.rig.create(all_documents())).id
        await self.rig.runner.plan(OWNER.tenant, batch_id)
        return await self._take_in(await self.rig.batch(batch_id), await self.rig.items(batch_id))


async def _always() -> bool:
    return True


async def test_documents_that_were_swept_before_their_row_was_stored_are_there(
    rig: BatchRig,
) -> None:
    slow = _Slow(rig)
    items = await slow.taken_in()
    assert sum(slow.swept) > len(DOCUMENTS), "each was swept, those that waited longest twice"
    slow.clock.now += 2 * GRACE
    await slow.sweep()
    assert slow.swept[-1] == 0
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        for item, data in zip(items, DOCUMENTS, strict=True):
            assert item.invoice_id is not None
            header = await transaction.invoices.header(item.invoice_id)
            assert header.status is InvoiceStatus.READY
            assert await slow.objects.get(OWNER.tenant, header.document.sha256) == data


async def test_document_that_was_swept_and_changed_meanwhile_is_begun_anew(rig: BatchRig) -> None:
    def change() -> None:
        rig.imports.documents[f"{FOLDER}/002.xml"] = ubl_invoice("R-9")

    slow = _Slow(rig, change)
    with pytest.raises(Unavailable):
        await slow.taken_in()
