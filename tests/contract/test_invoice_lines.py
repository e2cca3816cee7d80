"""The contract of InvoiceReader on lines, and on pages that are bounded by their size."""

from dataclasses import replace
from decimal import Decimal

import pytest

from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.annotation import FieldAnnotation, FieldStatus, XmlNode
from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.invoice import Invoice
from storage_fixture import Storage
from storage_samples import TENANT, add_invoice, read_invoice, received_invoice

LINES = tuple(
    InvoiceLine(identifier=str(number), net_amount=Decimal(number)) for number in range(12)
)
ANNOTATIONS = {
    f"lines[{number}].net_amount": FieldAnnotation(
        status=FieldStatus.PRESENT,
        raw_text=str(number),
        evidence=(XmlNode(xpath="/a", line=number),),
    )
    for number in range(12)
}


def with_lines(number: int = 1) -> Invoice:
    invoice = read_invoice(number)
    assert invoice.reading is not None
    known = {**ANNOTATIONS, "invoice_number": ANNOTATIONS["lines[0].net_amount"]}
    content = InvoiceContent(invoice_number="R-1", lines=LINES)
    return replace(invoice, reading=replace(invoice.reading, content=content, annotations=known))


async def stored(storage: Storage, *invoices: Invoice) -> None:
    async with storage.transactions.begin(TENANT) as transaction:
        for invoice in invoices:
            await add_invoice(transaction, invoice)


@pytest.mark.parametrize(
    ("first", "limit", "expected"),
    [
        (0, 3, range(3)),
        (1, 2, range(1, 3)),
        (9, 5, range(9, 12)),
        (12, 5, range(0)),
        (0, 99, range(12)),
    ],
)
async def test_lines_come_with_their_annotations_and_no_others(
    storage: Storage, first: int, limit: int, expected: range
) -> None:
    invoice = with_lines()
    await stored(storage, invoice)
    page = await storage.reader.lines(TENANT, invoice.id, first=first, limit=limit)
    assert (page.version, page.total_size) == (invoice.version, 12)
    found = page.lines.unpacked()
    assert (found.first, found.lines) == (first, LINES[first : first + limit])
    paths = [f"lines[{number}].net_amount" for number in expected]
    assert found.annotations == {path: ANNOTATIONS[path] for path in paths}


async def test_invoice_that_is_not_read_has_no_lines(storage: Storage) -> None:
    invoice = received_invoice(1)
    await stored(storage, invoice)
    page = await storage.reader.lines(TENANT, invoice.id, first=0, limit=9)
    found = page.lines.unpacked()
    assert (page.total_size, found.lines, found.annotations) == (0, (), {})


async def test_lines_of_an_invoice_that_is_not_there_are_not_found(storage: Storage) -> None:
    await stored(storage, with_lines())
    with pytest.raises(NotFound):
        await storage.reader.lines(TENANT, "nothing", first=0, limit=9)
    with pytest.raises(NotFound):
        await storage.reader.lines("other", with_lines().id, first=0, limit=9)


async def test_page_ends_before_it_has_too_many_bytes_and_the_next_goes_on(
    storage: Storage,
) -> None:
    await stored(storage, *(with_lines(number) for number in range(5)))

    async def sizes(max_bytes: int | None) -> list[int]:
        found, after = [], None
        while True:
            page = await storage.reader.page(
                TENANT, filter=None, order=(), after=after, limit=3, max_bytes=max_bytes
            )
            assert page.total_size == 5
            found.append(len(page.views))
            after = page.next_cursor
            if after is None:
                return found

    one = len(
        (await storage.reader.page(TENANT, filter=None, order=(), after=None, limit=1)).views[0]
    )
    assert await sizes(None) == [3, 2]
    assert await sizes(2 * one) == [2, 2, 1]
    assert await sizes(1) == [1, 1, 1, 1, 1]
