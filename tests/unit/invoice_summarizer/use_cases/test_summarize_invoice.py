"""A summary is written once for each state of an invoice, language, style and writer."""

from dataclasses import replace

import pytest
from summarizing import summarize_invoice, summarized

from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import NotFound, WrongState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.summary import Style
from storage_samples import add_invoice, read_invoice, received_invoice

EDITOR = Principal(subject="ed", tenant="acme", roles=frozenset({Role.EDITOR}))
INVOICE = read_invoice(1)


async def stored() -> MemoryStore:
    store = MemoryStore()
    async with MemoryTransactions(store).begin("acme") as transaction:
        await add_invoice(transaction, INVOICE)
        await add_invoice(transaction, received_invoice(2))
    return store


async def test_summary_is_written_once() -> None:
    store = await stored()
    ask = summarize_invoice(store)
    first = await summarized(ask, EDITOR, INVOICE.id, style=Style.SHORT)
    again = await summarized(ask, EDITOR, INVOICE.id, style=Style.SHORT)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.summary == again.summary
    assert len(store.events) == 1


async def test_another_version_of_the_services_writes_another() -> None:
    store = await stored()
    first = await summarized(
        summarize_invoice(store), EDITOR, INVOICE.id, language_code="de", style=Style.FULL
    )
    second = await summarized(
        summarize_invoice(store, build="2"),
        EDITOR,
        INVOICE.id,
        language_code="de",
        style=Style.FULL,
    )
    assert second.is_new and second.summary.id != first.summary.id
    assert second.summary.provenance.build == "2"


async def test_another_state_of_the_invoice_has_another() -> None:
    store = await stored()
    ask = summarize_invoice(store)
    first = await summarized(ask, EDITOR, INVOICE.id, language_code="de", style=Style.FULL)
    async with MemoryTransactions(store).begin("acme") as transaction:
        await transaction.invoices.put_header(replace(INVOICE, version=INVOICE.version + 1))
    second = await summarized(ask, EDITOR, INVOICE.id, language_code="de", style=Style.FULL)
    assert second.is_new and second.summary.invoice_etag != first.summary.invoice_etag


async def test_invoice_that_is_not_read_has_no_summary() -> None:
    ask = summarize_invoice(await stored())
    with pytest.raises(WrongState):
        await summarized(ask, EDITOR, received_invoice(2).id, style=Style.SHORT)
    with pytest.raises(NotFound):
        await summarized(ask, EDITOR, "nothing", style=Style.SHORT)
