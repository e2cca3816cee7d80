"""Taking a document in: the same whatever the chunks, and no row without its object."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summarizing import summarize_invoice, summarized

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.object_store import MemoryObjectStore
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import DocumentRejected, NotFound, Unavailable
from invoice_summarizer.domain.invoice import with_reading
from invoice_summarizer.domain.operation import Operation, OperationState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from small_invoice import ubl_invoice
from storage_samples import add_invoice, read_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
DATA = ubl_invoice(lines=10)


async def ingest(
    store: MemoryStore, objects: ObjectStore, chunks: Sequence[bytes], media_type: str = ""
) -> Operation:
    use_case = IngestDocument(MemoryTransactions(store), objects, utc_now, new_uuid)
    return (await use_case(OWNER, sent(*chunks), IncomingDocument(media_type=media_type))).operation


@given(st.lists(st.integers(0, len(DATA)), max_size=30).map(sorted))
async def test_chunks_make_no_difference(cuts: list[int]) -> None:
    """Empty ones included."""
    store, objects = MemoryStore(), MemoryObjectStore()
    bounds = [0, *cuts, len(DATA)]
    chunks = [DATA[a:b] for a, b in pairwise(bounds)]
    whole = await ingest(store, objects, [DATA])
    assert await ingest(store, objects, chunks) == whole
    [(_, invoice)] = store.committed.invoices.items()
    assert await objects.get("acme", invoice.document.sha256) == DATA
    assert invoice.document.size_bytes == len(DATA)


@pytest.mark.parametrize("chunks", [[], [b""], [b"", b""], [b"no", b"", b"thing"]])
async def test_what_is_refused_leaves_nothing(chunks: list[bytes]) -> None:
    store, objects = MemoryStore(), MemoryObjectStore()
    with pytest.raises(DocumentRejected):
        await ingest(store, objects, chunks)
    assert not [*store.committed.invoices.items()] and not objects._objects


async def test_object_is_there_before_its_row() -> None:
    store, objects, faults = MemoryStore(), MemoryObjectStore(), Faults()
    transactions = FaultyTransactions(MemoryTransactions(store), faults)
    use_case = IngestDocument(transactions, objects, utc_now, new_uuid)
    faults.fail("begin", Unavailable("away"))
    with pytest.raises(Unavailable):
        await use_case(OWNER, sent(DATA), IncomingDocument())
    assert len(objects._objects) == 1 and not [*store.committed.invoices.items()]
    faults.mend("begin")
    assert (await use_case(OWNER, sent(DATA), IncomingDocument())).operation.attempt == 0


async def sent(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


async def test_document_of_several_invoices_comes_again_with_the_operation_that_read_them() -> None:
    store, objects = MemoryStore(), MemoryObjectStore()
    first = await ingest(store, objects, [DATA])
    async with MemoryTransactions(store).begin("acme") as transaction:
        assert first.invoice_id is not None
        header = await transaction.invoices.header(first.invoice_id)
        second = replace(with_reading(header, None), id="second", part=2)
        await transaction.invoices.add(second)
    assert await ingest(store, objects, [DATA]) == first
    assert len([*store.committed.invoices.items()]) == 2
    await DeleteInvoice(MemoryTransactions(store), utc_now)(OWNER, first.invoice_id)
    again = await ingest(store, objects, [DATA])
    assert (again.state, again.result) == (OperationState.SUCCEEDED, {"invoice_ids": ["second"]})
    assert await ingest(store, objects, [DATA]) == again


async def test_document_of_one_tenant_is_another_to_the_next() -> None:
    store, objects = MemoryStore(), MemoryObjectStore()
    first = await ingest(store, objects, [DATA])
    other = Principal(subject="sam", tenant="other", roles=frozenset(Role))

    use_case = IngestDocument(MemoryTransactions(store), objects, utc_now, new_uuid)
    second = (await use_case(other, sent(DATA), IncomingDocument())).operation
    assert first.invoice_id != second.invoice_id
    assert [tenant for tenant, _ in objects._objects] == ["acme", "other"]
    assert first.invoice_id is not None
    await DeleteInvoice(MemoryTransactions(store), utc_now)(OWNER, first.invoice_id)
    assert [key for key, _ in store.committed.invoices.items()] == [("other", second.invoice_id)]


async def test_summary_of_an_invoice_that_is_deleted_meanwhile_is_not_kept() -> None:
    store = MemoryStore()
    transactions = MemoryTransactions(store)
    invoice = read_invoice(1)
    async with transactions.begin("acme") as transaction:
        await add_invoice(transaction, invoice)

    def deleting() -> str:
        store.committed.invoices.remove(("acme", invoice.id))
        return "summary"

    summarize = summarize_invoice(store, new_id=deleting)
    with pytest.raises(NotFound):
        await summarized(summarize, OWNER, invoice.id)
    assert not [*store.committed.summaries.items()]
