"""The contract of Transactions and of the invoices within."""

import asyncio
from dataclasses import replace

import pytest

from invoice_summarizer.adapters.postgres.failures import DatabaseRefused
from invoice_summarizer.domain.errors import (
    NotFound,
    StaleVersion,
)
from storage_fixture import Storage
from storage_samples import (
    TENANT,
    pending_operation,
    read_invoice,
    received_invoice,
    summary_of_invoice,
)


class Interruption(Exception):
    pass


async def test_what_was_stored_comes_back_equal(storage: Storage) -> None:
    for invoice in (received_invoice(1), read_invoice(2)):
        async with storage.transactions.begin(TENANT) as transaction:
            assert await transaction.invoices.add(invoice) == invoice
        async with storage.transactions.begin(TENANT) as transaction:
            assert await transaction.invoices.get(invoice.id) == invoice


async def test_block_that_raises_stores_nothing(storage: Storage) -> None:
    invoice = read_invoice(1)
    with pytest.raises(Interruption):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.invoices.add(invoice)
            await transaction.operations.add(pending_operation(invoice))
            await transaction.summaries.add(summary_of_invoice(invoice))
            await transaction.requests.record("request", "print", pending_operation(invoice).id)
            raise Interruption
    [other] = await storage.add_pending(2)
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.invoices.get(invoice.id)
        stored = await transaction.operations.page(states=frozenset(), after=None, limit=9)
        assert stored == [other]
        assert not await transaction.summaries.page(invoice.id, after=None, limit=9)
        assert await transaction.requests.record("request", "other", other.id) == other.id


async def test_cancelled_block_stores_nothing(storage: Storage) -> None:
    stored = asyncio.Event()

    async def store() -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.invoices.add(received_invoice(1))
            stored.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(store())
    await stored.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.invoices.get("invoice-1")


async def test_changes_are_seen_within_the_transaction(storage: Storage) -> None:
    invoice = read_invoice(1)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.add(invoice)
        await transaction.invoices.replace(replace(invoice, version=4, decision_comment="fine"))
        assert (await transaction.invoices.get(invoice.id, lock=True)).decision_comment == "fine"


async def test_second_invoice_of_a_document_is_not_stored(storage: Storage) -> None:
    first = received_invoice(1)
    second = replace(received_invoice(2), document=first.document)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.add(first)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.invoices.add(second) == first
        with pytest.raises(NotFound):
            await transaction.invoices.get(second.id)


async def test_document_can_come_again_once_its_invoice_is_deleted(storage: Storage) -> None:
    first = received_invoice(1)
    second = replace(received_invoice(2), document=first.document)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.add(first)
        await transaction.invoices.delete(first.id)
        assert await transaction.invoices.add(second) == second


async def test_two_tenants_may_have_the_same_document(storage: Storage) -> None:
    for tenant in ("acme", "other"):
        async with storage.transactions.begin(tenant) as transaction:
            invoice = received_invoice(1, tenant)
            assert await transaction.invoices.add(invoice) == invoice


async def test_only_one_of_concurrent_invoices_of_a_document_is_stored(storage: Storage) -> None:
    document = received_invoice(0).document

    async def store(number: int) -> str:
        async with storage.transactions.begin(TENANT) as transaction:
            invoice = replace(received_invoice(number), document=document)
            return (await transaction.invoices.add(invoice)).id

    found = await asyncio.gather(*(store(number) for number in range(1, 9)))
    assert len(set(found)) == 1


async def test_stale_version_is_refused(storage: Storage) -> None:
    invoice = received_invoice(1)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.add(invoice)
        await transaction.invoices.replace(replace(invoice, version=2))
        for version in (1, 2, 4):
            with pytest.raises(StaleVersion):
                await transaction.invoices.replace(replace(invoice, version=version))


async def test_one_of_two_concurrent_changes_is_stale(storage: Storage) -> None:
    invoice = received_invoice(1)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.add(invoice)

    async def change(comment: str) -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            changed = replace(invoice, version=2, decision_comment=comment)
            await transaction.invoices.replace(changed)

    outcomes = await asyncio.gather(change("a"), change("b"), return_exceptions=True)
    assert sorted(map(type, outcomes), key=str) == sorted([type(None), StaleVersion], key=str)


async def test_locked_invoice_is_not_changed_before_the_transaction_ends(storage: Storage) -> None:
    invoice = received_invoice(1)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.add(invoice)

    async def approve(comment: str) -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            current = await transaction.invoices.get(invoice.id, lock=True)
            await asyncio.sleep(0)
            text = f"{current.decision_comment or ''}{comment}"
            changed = replace(current, version=current.version + 1, decision_comment=text)
            await transaction.invoices.replace(changed)

    await asyncio.gather(*(approve("x") for _ in range(5)))
    async with storage.transactions.begin(TENANT) as transaction:
        current = await transaction.invoices.get(invoice.id)
    assert (current.decision_comment, current.version) == ("xxxxx", 6)


async def test_what_is_not_there_is_not_found(storage: Storage) -> None:
    async with storage.transactions.begin(TENANT) as transaction:
        for name in ("none", "", "nul\x00", "half \ud800"):
            with pytest.raises(NotFound):
                await transaction.invoices.get(name)
            with pytest.raises(NotFound):
                await transaction.invoices.delete(name)
            with pytest.raises(NotFound):
                await transaction.operations.get(name)
            with pytest.raises(NotFound):
                await transaction.operations.latest(name)
            with pytest.raises(NotFound):
                await transaction.operations.cancel(name)
            with pytest.raises(NotFound):
                await transaction.summaries.get(name, name)
        with pytest.raises(NotFound):
            await transaction.invoices.replace(received_invoice(1))


async def test_rows_for_another_tenant_are_refused(storage: Storage) -> None:
    with pytest.raises((ValueError, DatabaseRefused)):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.invoices.add(received_invoice(1, "other"))
    async with storage.transactions.begin("other") as transaction:
        with pytest.raises(NotFound):
            await transaction.invoices.get("invoice-1")


async def test_rows_of_another_tenant_are_not_there(storage: Storage) -> None:
    invoice = received_invoice(1, "other")
    async with storage.transactions.begin("other") as transaction:
        await transaction.invoices.add(invoice)
        await transaction.operations.add(pending_operation(invoice))
        await transaction.summaries.add(summary_of_invoice(invoice))
        await transaction.requests.record("request", "print", pending_operation(invoice).id)
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.invoices.get(invoice.id)
        with pytest.raises(NotFound):
            await transaction.invoices.delete(invoice.id)
        with pytest.raises(NotFound):
            await transaction.operations.cancel(pending_operation(invoice).id)
        assert not await transaction.operations.page(states=frozenset(), after=None, limit=9)
        assert not await transaction.summaries.page(invoice.id, after=None, limit=9)
    [mine] = await storage.add_pending(2)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "another", mine.id) == mine.id


async def test_deleting_an_invoice_takes_what_belongs_to_it(storage: Storage) -> None:
    invoice, kept = received_invoice(1), received_invoice(2)
    async with storage.transactions.begin(TENANT) as transaction:
        for each in (invoice, kept):
            await transaction.invoices.add(each)
            await transaction.operations.add(pending_operation(each))
            await transaction.summaries.add(summary_of_invoice(each))
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.delete(invoice.id)
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.summaries.get(invoice.id, "summary-0")
        left = await transaction.operations.page(states=frozenset(), after=None, limit=9)
        assert [operation.invoice_id for operation in left] == [kept.id]
        assert await transaction.summaries.get(kept.id, "summary-0") == summary_of_invoice(kept)


async def test_characters_that_cannot_be_stored_stop_no_write(storage: Storage) -> None:
    """Each comes back as it was or as the replacement character: spans over the text stay right."""
    text = "a\x00b\ud800c \\u0000 d"
    invoice = read_invoice(1)
    invoice = replace(
        invoice,
        document=replace(invoice.document, file_name=text),
        decision_comment=text,
        annotations={
            path: replace(annotation, raw_text=text)
            for path, annotation in invoice.annotations.items()
        },
    )
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.invoices.add(invoice)
        await transaction.summaries.add(replace(summary_of_invoice(invoice), text=text))
        await transaction.audit.append(text, text, text, text)
        found = await transaction.invoices.get(invoice.id)
        summary = await transaction.summaries.get(invoice.id, "summary-0")
    raw_text = found.annotations["totals.amount_with_vat"].raw_text
    for stored in (found.document.file_name, found.decision_comment, raw_text, summary.text):
        assert stored in (text, "a\ufffdb\ufffdc \\u0000 d")
