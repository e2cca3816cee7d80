"""The contract of Transactions and of the invoices within."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest

from invoice_summarizer.adapters.postgres.failures import DatabaseRefused
from invoice_summarizer.domain.errors import Conflict, NotFound, StaleVersion
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceStatus, with_reading
from storage_fixture import Storage
from storage_samples import (
    TENANT,
    add_invoice,
    delete_invoice,
    found_invoice,
    pending_operation,
    put_reading,
    read_invoice,
    received_invoice,
    summary_of_invoice,
)


class Interruption(Exception):
    pass


async def test_what_was_stored_comes_back_equal(storage: Storage) -> None:
    for invoice in (received_invoice(1), read_invoice(2)):
        async with storage.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, invoice)
        async with storage.transactions.begin(TENANT) as transaction:
            assert await found_invoice(transaction, invoice.id) == invoice


async def test_block_that_raises_stores_nothing(storage: Storage) -> None:
    invoice = read_invoice(1)
    with pytest.raises(Interruption):
        async with storage.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, invoice)
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
        assert not (await transaction.summaries.page(invoice.id, after=None, limit=9)).places
        assert await transaction.requests.record("request", "other", other.id) == other.id


async def test_cancelled_block_stores_nothing(storage: Storage) -> None:
    stored = asyncio.Event()

    async def store() -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, received_invoice(1))
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
        await add_invoice(transaction, invoice)
        await transaction.invoices.put_header(
            replace(invoice.header, version=4, decision_comment="fine")
        )
        assert (await transaction.invoices.header(invoice.id)).decision_comment == "fine"


async def test_document_that_comes_again_is_the_one_that_is_there(storage: Storage) -> None:
    invoice = received_invoice(1)
    again = replace(invoice.document, file_name="other.pdf", create_time=datetime.now(UTC))
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.documents.add(again) == invoice.document
        assert await transaction.invoices.of_document(again.sha256) == [invoice.header]


async def test_many_come_at_once_as_they_come_one_by_one(storage: Storage) -> None:
    there, new, other = (received_invoice(number) for number in (1, 2, 3))
    again = replace(there.document, file_name="other.pdf", create_time=datetime.now(UTC))
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, there)
    async with storage.transactions.begin(TENANT) as transaction:
        added = [new.document, again, other.document]
        stored = await transaction.documents.add_many(added)
        assert stored == [new.document, there.document, other.document]
        await transaction.invoices.add_many([new.header, other.header])
        hashes = [each.sha256 for each in stored]
        assert await transaction.invoices.of_documents([*hashes, "f" * 64]) == {
            each.document.sha256: [each.header] for each in (there, new, other)
        }
        assert await transaction.documents.add_many([]) == []
        await transaction.invoices.add_many([])
        assert await transaction.invoices.of_documents([]) == {}
    with pytest.raises(Conflict):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.invoices.add_many([replace(new.header, id="invoice-4")])


async def test_document_has_one_invoice_of_each_part(storage: Storage) -> None:
    first = received_invoice(1)
    second = replace(received_invoice(2), document=first.document, part=2)
    async with storage.transactions.begin(TENANT) as transaction:
        for invoice in (second, first):
            await add_invoice(transaction, invoice)
        assert await transaction.invoices.of_document(first.document.sha256) == [
            first.header,
            second.header,
        ]
    with pytest.raises(Conflict):
        async with storage.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, replace(second, id="other"))


async def test_invoice_needs_its_document(storage: Storage) -> None:
    with pytest.raises(NotFound):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.invoices.add(received_invoice(1))


async def test_document_goes_with_the_last_of_its_invoices(storage: Storage) -> None:
    first = received_invoice(1)
    second = replace(received_invoice(2), document=first.document, part=2)
    sha256 = first.document.sha256
    async with storage.transactions.begin(TENANT) as transaction:
        for invoice in (first, second):
            await add_invoice(transaction, invoice)
        await delete_invoice(transaction, first.id)
        assert await transaction.documents.owned([sha256, "0" * 64]) == {sha256}
        await delete_invoice(transaction, second.id)
        assert await transaction.documents.owned([sha256]) == frozenset()
        await add_invoice(transaction, first)


async def test_two_tenants_may_have_the_same_document(storage: Storage) -> None:
    for tenant in ("acme", "other"):
        async with storage.transactions.begin(tenant) as transaction:
            invoice = received_invoice(1, tenant)
            await add_invoice(transaction, invoice)


async def test_only_one_of_concurrent_invoices_of_a_document_is_stored(storage: Storage) -> None:
    document = received_invoice(0).document

    async def store(number: int) -> str:
        async with storage.transactions.begin(TENANT) as transaction:
            known = await transaction.documents.add(document)
            if found := await transaction.invoices.of_document(known.sha256):
                return found[0].id
            invoice = replace(received_invoice(number), document=known)
            await transaction.invoices.add(invoice)
            return invoice.id

    found = await asyncio.gather(*(store(number) for number in range(1, 9)))
    assert len(set(found)) == 1


async def test_stale_version_is_refused(storage: Storage) -> None:
    invoice = read_invoice(1)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        await transaction.invoices.put_header(replace(invoice.header, version=4))
        for version in (3, 4, 6):
            with pytest.raises(StaleVersion):
                await transaction.invoices.put_header(replace(invoice.header, version=version))
            with pytest.raises(StaleVersion):
                await put_reading(transaction, replace(invoice, version=version))
        with pytest.raises(StaleVersion):
            await transaction.invoices.delete(invoice.header)


async def test_reading_is_replaced_and_a_header_leaves_it_as_it_is(storage: Storage) -> None:
    invoice = received_invoice(1)
    read = replace(read_invoice(1), version=2)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        await put_reading(transaction, read)
        assert await found_invoice(transaction, invoice.id) == read
        decided = read.header.decided(InvoiceStatus.APPROVED, None, read.update_time)
        await transaction.invoices.put_header(decided)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await found_invoice(transaction, invoice.id) == with_reading(decided, read.reading)
        assert await transaction.invoices.header(invoice.id) == decided


async def test_one_of_two_concurrent_changes_is_stale(storage: Storage) -> None:
    invoice = received_invoice(1)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)

    async def change(comment: str) -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            changed = replace(invoice.header, version=2, decision_comment=comment)
            await transaction.invoices.put_header(changed)

    outcomes = await asyncio.gather(change("a"), change("b"), return_exceptions=True)
    assert sorted(map(type, outcomes), key=str) == sorted([type(None), StaleVersion], key=str)


async def test_locked_invoice_is_not_changed_before_the_transaction_ends(storage: Storage) -> None:
    invoice = received_invoice(1)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)

    async def approve(comment: str) -> None:
        async with storage.transactions.begin(TENANT) as transaction:
            current = await transaction.invoices.header(invoice.id, lock=True)
            await asyncio.sleep(0)
            text = f"{current.decision_comment or ''}{comment}"
            changed = replace(current, version=current.version + 1, decision_comment=text)
            await transaction.invoices.put_header(changed)

    await asyncio.gather(*(approve("x") for _ in range(5)))
    async with storage.transactions.begin(TENANT) as transaction:
        current = await transaction.invoices.header(invoice.id)
    assert (current.decision_comment, current.version) == ("xxxxx", 6)


async def test_what_is_not_there_is_not_found(storage: Storage) -> None:
    async with storage.transactions.begin(TENANT) as transaction:
        for name in ("none", "", "nul\x00", "half \ud800"):
            with pytest.raises(NotFound):
                await transaction.invoices.get(name)
            with pytest.raises(NotFound):
                await delete_invoice(transaction, name)
            with pytest.raises(NotFound):
                await transaction.operations.get(name)
            assert await transaction.operations.latest([name]) is None
            with pytest.raises(NotFound):
                await transaction.operations.cancel(name)
            with pytest.raises(NotFound):
                await transaction.summaries.get(name, name)
        with pytest.raises(NotFound):
            await transaction.invoices.put_header(received_invoice(1).header)
        with pytest.raises(NotFound):
            await put_reading(transaction, read_invoice(1))
        with pytest.raises(NotFound):
            await transaction.invoices.delete(received_invoice(1).header)


async def test_rows_for_another_tenant_are_refused(storage: Storage) -> None:
    with pytest.raises((ValueError, DatabaseRefused)):
        async with storage.transactions.begin(TENANT) as transaction:
            await add_invoice(transaction, received_invoice(1, "other"))
    async with storage.transactions.begin("other") as transaction:
        with pytest.raises(NotFound):
            await transaction.invoices.get("invoice-1")


async def test_rows_of_another_tenant_are_not_there(storage: Storage) -> None:
    invoice = received_invoice(1, "other")
    async with storage.transactions.begin("other") as transaction:
        await add_invoice(transaction, invoice)
        await transaction.operations.add(pending_operation(invoice))
        await transaction.summaries.add(summary_of_invoice(invoice))
        await transaction.requests.record("request", "print", pending_operation(invoice).id)
    async with storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.invoices.get(invoice.id)
        with pytest.raises(NotFound):
            await transaction.invoices.delete(invoice.header)
        with pytest.raises(NotFound):
            await transaction.operations.cancel(pending_operation(invoice).id)
        assert not await transaction.operations.page(states=frozenset(), after=None, limit=9)
        assert not (await transaction.summaries.page(invoice.id, after=None, limit=9)).places
    [mine] = await storage.add_pending(2)
    async with storage.transactions.begin(TENANT) as transaction:
        assert await transaction.requests.record("request", "another", mine.id) == mine.id


async def test_deleting_an_invoice_takes_what_belongs_to_it(storage: Storage) -> None:
    invoice, kept = received_invoice(1), received_invoice(2)
    async with storage.transactions.begin(TENANT) as transaction:
        for each in (invoice, kept):
            await add_invoice(transaction, each)
            await transaction.operations.add(pending_operation(each))
            await transaction.summaries.add(summary_of_invoice(each))
    async with storage.transactions.begin(TENANT) as transaction:
        await delete_invoice(transaction, invoice.id)
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
    assert invoice.reading is not None
    annotations = {
        path: msgspec.structs.replace(annotation, raw_text=text)
        for path, annotation in invoice.reading.annotations.items()
    }
    invoice = replace(
        invoice,
        document=replace(invoice.document, file_name=text),
        decision_comment=text,
        reading=replace(invoice.reading, annotations=annotations),
    )
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        await transaction.summaries.add(replace(summary_of_invoice(invoice), text=text))
        await transaction.record(
            Event(
                kind=EventKind.INVOICE_CORRECTED,
                actor=text,
                time=invoice.update_time,
                invoice_id=text,
                changed=(text,),
                reason=text,
            )
        )
        found = await found_invoice(transaction, invoice.id)
        summary = await transaction.summaries.get(invoice.id, "summary-0")
    assert found.reading is not None
    raw_text = found.reading.annotations["totals.amount_with_vat"].raw_text
    for stored in (found.document.file_name, found.decision_comment, raw_text, summary.text):
        assert stored in (text, "a\ufffdb\ufffdc \\u0000 d")
