"""The contract of finding invoices that may be the same, in other documents."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from en16931.model import DocumentKind, Extras, InvoiceContent, Seller
from invoice_summarizer.domain.duplicates import MOST_DUPLICATES, identity_of
from invoice_summarizer.domain.invoice import Invoice, with_reading
from storage_fixture import Storage
from storage_samples import (
    add_invoice,
    delete_invoice,
    put_reading,
    read_invoice,
    reading_of,
    received_invoice,
)

CONTENT = InvoiceContent(
    invoice_number="R-7 11",
    type_code="380",
    seller=Seller(name="Müller & Söhne GmbH", vat_identifier="DE136695976"),
)


def invoice(number: int, content: InvoiceContent = CONTENT, tenant: str = "acme") -> Invoice:
    return with_reading(received_invoice(number, tenant), reading_of(content))


async def duplicates(storage: Storage, of: Invoice) -> list[str]:
    async with storage.transactions.begin(of.tenant) as transaction:
        return await transaction.invoices.duplicates(of.header, identity_of(of.content))


async def store(storage: Storage, *invoices: Invoice) -> None:
    for each in invoices:
        async with storage.transactions.begin(each.tenant) as transaction:
            await add_invoice(transaction, each)


def with_seller(name: str | None, vat_identifier: str | None) -> InvoiceContent:
    seller = Seller(name=name, vat_identifier=vat_identifier)
    return msgspec.structs.replace(CONTENT, seller=seller)


async def test_same_number_of_the_same_seller_is_found_the_oldest_first(storage: Storage) -> None:
    await store(storage, invoice(2), invoice(1), received_invoice(4))
    assert await duplicates(storage, invoice(3)) == ["invoice-1", "invoice-2"]


@pytest.mark.parametrize(
    "content",
    [
        with_seller("Somebody Else", "DE 136 695 976"),
        with_seller("MÜLLER & SÖHNE  GMBH", None),
        with_seller("Müller und Söhne, GmbH", "de136695976"),
        msgspec.structs.replace(CONTENT, invoice_number="r-711", type_code=None),
    ],
)
async def test_seller_is_known_by_vat_identifier_or_name_however_they_are_written(
    storage: Storage, content: InvoiceContent
) -> None:
    await store(storage, invoice(1))
    assert await duplicates(storage, invoice(2, content)) == ["invoice-1"]


@pytest.mark.parametrize(
    "content",
    [
        with_seller("Somebody Else", "DE136695978"),
        with_seller(None, None),
        msgspec.structs.replace(CONTENT, invoice_number="R-712"),
        msgspec.structs.replace(CONTENT, invoice_number=None),
        msgspec.structs.replace(CONTENT, type_code="381"),
        msgspec.structs.replace(CONTENT, extras=Extras(document_kind=DocumentKind.CREDIT_NOTE)),
        msgspec.structs.replace(CONTENT, extras=Extras(document_kind=DocumentKind.REMINDER)),
    ],
)
async def test_other_seller_number_or_kind_is_no_duplicate(
    storage: Storage, content: InvoiceContent
) -> None:
    await store(storage, invoice(1))
    assert await duplicates(storage, invoice(2, content)) == []


async def test_reminder_is_a_duplicate_of_nothing(storage: Storage) -> None:
    reminder = msgspec.structs.replace(CONTENT, extras=Extras(document_kind=DocumentKind.REMINDER))
    await store(storage, invoice(1, reminder))
    assert await duplicates(storage, invoice(2, reminder)) == []


async def test_neither_itself_nor_its_document_nor_what_others_have_or_is_gone_is_found(
    storage: Storage,
) -> None:
    other_part = replace(invoice(1), id="other-part", part=2)
    await store(storage, invoice(1), other_part, invoice(9, tenant="other"), invoice(2))
    async with storage.transactions.begin("acme") as transaction:
        await delete_invoice(transaction, "invoice-2")
    assert await duplicates(storage, invoice(1)) == []


async def test_what_a_reading_says_now_counts(storage: Storage) -> None:
    await store(storage, invoice(1), received_invoice(2))
    async with storage.transactions.begin("acme") as transaction:
        other = reading_of(msgspec.structs.replace(CONTENT, invoice_number="R-1"))
        await put_reading(transaction, replace(invoice(1), version=2, reading=other))
        read = replace(invoice(2), version=2)
        await put_reading(transaction, read)
        # What changes the header alone leaves it as it is.
        await transaction.invoices.put_header(replace(read.header, version=3))
    assert await duplicates(storage, invoice(3)) == ["invoice-2"]


async def test_so_many_are_named_and_no_more(storage: Storage) -> None:
    await store(storage, *(invoice(number) for number in range(10, 12 + MOST_DUPLICATES)))
    found = await duplicates(storage, invoice(1))
    assert found == [f"invoice-{number}" for number in range(10, 10 + MOST_DUPLICATES)]


async def test_text_of_any_length_is_found(storage: Storage) -> None:
    long = msgspec.structs.replace(
        with_seller("Ö" * 20_000, None), invoice_number="4" * 20_000 + "\0"
    )
    await store(storage, invoice(1, long))
    assert await duplicates(storage, invoice(2, long)) == ["invoice-1"]


async def test_of_two_that_come_at_once_the_later_one_finds_the_other(storage: Storage) -> None:
    """Each asks before it stores, and both are under way when the first one asks."""
    await store(storage, received_invoice(1), received_invoice(2))
    asked = asyncio.Event()

    async def read(each: Invoice, before_it_stores: Callable[[], object]) -> list[str]:
        async with storage.transactions.begin("acme") as transaction:
            await transaction.invoices.header(each.id, lock=True)
            found = await transaction.invoices.duplicates(each.header, identity_of(each.content))
            before_it_stores()
            await asyncio.sleep(0.2)  # so that the other has begun to ask
            await put_reading(transaction, replace(each, version=2))
        return found

    first = asyncio.create_task(read(invoice(1), asked.set))
    await asked.wait()
    assert await read(invoice(2), lambda: None) == ["invoice-1"]
    assert await first == []


async def test_whole_invoice_is_its_own_duplicate_in_another_document(storage: Storage) -> None:
    await store(storage, read_invoice(1))
    again = replace(read_invoice(1), id="again", document=read_invoice(2).document)
    assert await duplicates(storage, again) == ["invoice-1"]
