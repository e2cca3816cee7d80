"""Sweeping documents that no invoice has."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.object_store import ObjectNotFound
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from invoice_summarizer.use_cases.sweep_objects import GRACE, SweepObjects
from small_invoice import ubl_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))


async def sent(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def always() -> bool:
    return True


class _Clock:
    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        return self.now


class _System:
    def __init__(self) -> None:
        self.clock = _Clock()
        self.transactions = MemoryTransactions(MemoryStore(), clock=self.clock)
        self.objects = MemoryObjectStore(clock=self.clock)
        self.faults = Faults()
        transactions = FaultyTransactions(self.transactions, self.faults)
        self.sweep = SweepObjects(transactions, self.objects, self.clock)

    async def ingested(self) -> str:
        ingest = IngestDocument(self.transactions, self.objects, self.clock, new_uuid)
        document = sent(ubl_invoice())
        invoice_id = (await ingest(OWNER, document, IncomingDocument())).operation.invoice_id
        assert invoice_id is not None
        return invoice_id

    async def document_of(self, invoice_id: str) -> str:
        async with self.transactions.begin(OWNER.tenant) as transaction:
            return (await transaction.invoices.header(invoice_id)).document.sha256


async def test_document_of_a_deleted_invoice_is_swept_after_the_grace() -> None:
    system = _System()
    invoice_id = await system.ingested()
    sha256 = await system.document_of(invoice_id)
    await DeleteInvoice(system.transactions, system.clock)(OWNER, invoice_id)
    assert await system.sweep(always) == 0
    system.clock.now += GRACE + timedelta(seconds=1)
    assert await system.sweep(always) == 1
    with pytest.raises(ObjectNotFound):
        await system.objects.get(OWNER.tenant, sha256)


async def test_document_of_an_invoice_stays_however_old() -> None:
    system = _System()
    sha256 = await system.document_of(await system.ingested())
    system.clock.now += timedelta(days=4000)
    assert await system.sweep(always) == 0
    assert await system.objects.get(OWNER.tenant, sha256) == ubl_invoice()


async def test_document_that_comes_again_after_its_invoice_was_deleted_stays() -> None:
    system = _System()
    await DeleteInvoice(system.transactions, system.clock)(OWNER, await system.ingested())
    system.clock.now += GRACE + timedelta(seconds=1)
    sha256 = await system.document_of(await system.ingested())
    assert await system.sweep(always) == 0
    assert await system.objects.get(OWNER.tenant, sha256) == ubl_invoice()


async def test_many_documents_are_asked_for_together() -> None:
    """One transaction a tenant, not one an object."""
    system = _System()
    for tenant in ("acme", "other"):
        for number in range(20):
            await system.objects.put(tenant, sent(b"%d" % number), limit_bytes=9)
    system.clock.now += GRACE + timedelta(seconds=1)
    assert await system.sweep(always) == 40
    assert system.faults.calls["begin"] == 2


async def test_sweep_that_may_not_go_on_leaves_the_rest() -> None:
    system, answers = _System(), iter([True, False])
    for tenant in ("acme", "other"):
        await system.objects.put(tenant, sent(b"document"), limit_bytes=9)
    system.clock.now += GRACE + timedelta(seconds=1)

    async def once() -> bool:
        return next(answers)

    assert await system.sweep(once) == 1
    assert await system.sweep(always) == 1
