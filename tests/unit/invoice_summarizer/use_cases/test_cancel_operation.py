"""A cancelled operation leaves an invoice that has failed, says so, and is spoken of no more."""

from dataclasses import replace

import pytest

from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import WrongState
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.use_cases.cancel_operation import CANCELLED, CancelOperation
from invoice_summarizer.use_cases.summarize_invoice import SummarizeInvoice
from storage_samples import pending_operation, read_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
READ = read_invoice(1)


async def being_read_again(store: MemoryStore) -> None:
    """The invoice has been read once, and waits for an operation that is to read it again."""
    async with MemoryTransactions(store).begin("acme") as transaction:
        await transaction.invoices.add(READ.moved(InvoiceStatus.RECEIVED, utc_now()))
        await transaction.operations.add(pending_operation(READ))


async def test_cancelling_tells_the_audit_log_of_the_operation_and_of_its_invoice() -> None:
    store = MemoryStore()
    await being_read_again(store)
    await CancelOperation(MemoryTransactions(store), utc_now)(OWNER, pending_operation(READ).id)
    entries = [
        (entry.actor, entry.action, entry.resource, entry.details) for entry in store.audit_entries
    ]
    assert ("olga", "invoice.failed", f"invoices/{READ.id}", CANCELLED) in entries
    assert "operation.cancelled" in [action for _, action, _, _ in entries]


@pytest.mark.parametrize("cancelled", [False, True])
async def test_what_an_earlier_reading_left_is_not_summarized(cancelled: bool) -> None:
    store = MemoryStore()
    await being_read_again(store)
    transactions = MemoryTransactions(store)
    if cancelled:
        await CancelOperation(transactions, utc_now)(OWNER, pending_operation(READ).id)
    summarize = SummarizeInvoice(transactions, utc_now, new_uuid, build="1")
    with pytest.raises(WrongState) as caught:
        await summarize(OWNER, READ.id, language_code="", style=Style.SHORT)
    assert caught.value.metadata == {"status": "failed" if cancelled else "received"}


@pytest.mark.parametrize("status", ["ready", "review_pending", "approved", "rejected", "archived"])
async def test_what_is_read_is_summarized_whatever_was_decided(status: str) -> None:
    invoice = replace(
        READ, status=InvoiceStatus(status), annotations={}, findings=(), review_reasons=()
    )
    store = MemoryStore()
    async with MemoryTransactions(store).begin("acme") as transaction:
        await transaction.invoices.add(invoice)
    summarize = SummarizeInvoice(MemoryTransactions(store), utc_now, new_uuid, build="1")
    summary = await summarize(OWNER, READ.id, language_code="", style=Style.SHORT)
    assert summary.text
