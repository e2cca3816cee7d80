"""A cancelled operation gives an invoice back as it was; one that was never read has failed."""

from dataclasses import replace

import pytest
from summarizing import summarize_invoice, summarized

from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import WrongState
from invoice_summarizer.domain.event import EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases.cancel_operation import CANCELLED, CancelOperation
from storage_samples import (
    add_invoice,
    pending_operation,
    read_invoice,
    reading_of,
    received_invoice,
)

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))


async def cancelled(invoice: Invoice) -> MemoryStore:
    """The invoice waits for an operation that is to read it, and that is cancelled."""
    store = MemoryStore()
    transactions = MemoryTransactions(store)
    async with transactions.begin("acme") as transaction:
        await add_invoice(transaction, invoice)
        await transaction.operations.add(pending_operation(invoice))
    await CancelOperation(transactions, utc_now)(OWNER, pending_operation(invoice).id)
    return store


@pytest.mark.parametrize("status", ["ready", "review_pending", "rejected"])
async def test_invoice_that_was_to_be_read_again_stands_as_it_did(status: str) -> None:
    invoice = replace(read_invoice(1), status=InvoiceStatus(status))
    store = await cancelled(invoice)
    assert [stored for _, stored in store.committed.invoices.items()] == [invoice]
    [event] = store.events
    assert (event.kind, event.actor) == (EventKind.OPERATION_CANCELLED, "olga")


async def test_invoice_that_was_never_read_has_failed_and_is_not_summarized() -> None:
    invoice = received_invoice(1)
    store = await cancelled(invoice)
    [(_, failed)] = store.committed.invoices.items()
    assert (failed.status, failed.failure_reason) == (InvoiceStatus.FAILED, CANCELLED)
    assert [(event.kind, event.reason) for event in store.events] == [
        (EventKind.INVOICE_FAILED, CANCELLED),
        (EventKind.OPERATION_CANCELLED, None),
    ]
    summarize = summarize_invoice(store)
    with pytest.raises(WrongState) as caught:
        await summarized(summarize, OWNER, invoice.id)
    assert caught.value.metadata == {"status": "failed"}


@pytest.mark.parametrize("status", ["ready", "review_pending", "approved", "rejected", "archived"])
async def test_what_is_read_is_summarized_whatever_was_decided(status: str) -> None:
    sample = read_invoice(1)
    invoice = replace(sample, status=InvoiceStatus(status), reading=reading_of(sample.content))
    store = MemoryStore()
    async with MemoryTransactions(store).begin("acme") as transaction:
        await add_invoice(transaction, invoice)
    summarize = summarize_invoice(store)
    assert (await summarized(summarize, OWNER, invoice.id)).summary.text
