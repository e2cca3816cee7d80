"""A correction is stored whole or not at all, on the invoice as it is then."""

from dataclasses import replace

import pytest

from en16931.field_path import replaced
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.correction import Correction
from invoice_summarizer.domain.errors import InvalidInput, StaleVersion, WrongState
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.correct_invoice import ATTEMPTS, CorrectInvoice
from storage_samples import add_invoice, found_invoice, put_reading, read_invoice

REVIEWER = Principal(subject="rita", tenant="acme", roles=frozenset({Role.REVIEWER}))
INVOICE = read_invoice(1)
NAME = [Correction("seller.name", "A")]


def busy(store: MemoryStore, changes: int) -> FaultyTransactions:
    """As many times as it is told, somebody else changes the invoice before what was worked out is stored."""
    transactions, faults = MemoryTransactions(store), Faults()

    async def change() -> None:
        async with transactions.begin("acme") as transaction:
            found = await found_invoice(transaction, INVOICE.id)
            await put_reading(transaction, renumbered(found))

    # Every second transaction stores.
    faults.precede("begin", change, when=lambda call: call % 2 == 0 and call <= 2 * changes)
    return FaultyTransactions(transactions, faults)


def renumbered(invoice: Invoice) -> Invoice:
    assert invoice.reading is not None
    content = replaced(invoice.content, "invoice_number", "meanwhile")
    reading = replace(invoice.reading, content=content)
    return replace(invoice, version=invoice.version + 1, reading=reading)


async def stored(invoice: Invoice = INVOICE) -> MemoryStore:
    store = MemoryStore()
    async with MemoryTransactions(store).begin("acme") as transaction:
        await add_invoice(transaction, invoice)
    return store


async def test_correction_is_the_next_version_and_in_the_audit_log() -> None:
    store = await stored()
    use_case = CorrectInvoice(MemoryTransactions(store), in_a_thread, utc_now)
    corrections = [*NAME, Correction("lines[0]", None)]
    answer = await use_case(REVIEWER, INVOICE.id, corrections=corrections)
    assert answer.header.version == INVOICE.version + 1
    assert answer.header.status is InvoiceStatus.REVIEW_PENDING
    assert [change.field_path for change in answer.changes] == [
        "seller.name",
        "lines[0].net_amount",
        "lines[0].item.name",
    ]
    async with MemoryTransactions(store).begin("acme") as transaction:
        assert await transaction.invoices.header(INVOICE.id) == answer.header
    assert store.events[-1].changed == ("seller.name", "lines[0]")


@pytest.mark.parametrize(
    "status",
    [s for s in InvoiceStatus if s not in (InvoiceStatus.READY, InvoiceStatus.REVIEW_PENDING)],
)
async def test_only_what_is_ready_or_waits_can_be_corrected(status: InvoiceStatus) -> None:
    use_case = CorrectInvoice(
        MemoryTransactions(await stored(replace(INVOICE, status=status))), in_a_thread, utc_now
    )
    with pytest.raises(WrongState):
        await use_case(REVIEWER, INVOICE.id, corrections=NAME)


async def test_wrong_correction_among_right_ones_changes_nothing() -> None:
    store = await stored()
    use_case = CorrectInvoice(MemoryTransactions(store), in_a_thread, utc_now)
    with pytest.raises(InvalidInput):
        await use_case(REVIEWER, INVOICE.id, corrections=[*NAME, Correction("issue_date", "x")])
    async with MemoryTransactions(store).begin("acme") as transaction:
        assert await found_invoice(transaction, INVOICE.id) == INVOICE
    assert not store.events


async def test_invoice_that_changed_meanwhile_is_corrected_as_it_is_then() -> None:
    store = await stored()
    use_case = CorrectInvoice(busy(store, ATTEMPTS - 1), in_a_thread, utc_now)
    answer = await use_case(REVIEWER, INVOICE.id, corrections=NAME)
    async with MemoryTransactions(store).begin("acme") as transaction:
        content = (await found_invoice(transaction, INVOICE.id)).content
    assert content.invoice_number == "meanwhile"
    assert content.seller and content.seller.name == "A"
    assert answer.header.version == INVOICE.version + ATTEMPTS
    assert len(store.events) == 1


async def test_invoice_that_changes_all_the_time_is_a_stale_version() -> None:
    store = await stored()
    use_case = CorrectInvoice(busy(store, ATTEMPTS), in_a_thread, utc_now)
    with pytest.raises(StaleVersion):
        await use_case(REVIEWER, INVOICE.id, corrections=NAME)
    assert not store.events


async def test_named_etag_is_held_against_what_the_invoice_has_become() -> None:
    use_case = CorrectInvoice(busy(await stored(), 1), in_a_thread, utc_now)
    with pytest.raises(StaleVersion):
        await use_case(REVIEWER, INVOICE.id, corrections=NAME, etag=invoice_etag(INVOICE))
