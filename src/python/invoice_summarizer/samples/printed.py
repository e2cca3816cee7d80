"""A sample on paper: a digital PDF whose table runs over as many pages as it needs."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from en16931.model import (
    InvoiceContent,
    InvoiceLine,
    Item,
    LineVat,
    PostalAddress,
    PriceDetails,
)
from invoice_summarizer.samples.wording import Wording

_WIDTH, _HEIGHT = A4
_LEFT, _RIGHT = 56.0, _WIDTH - 56.0
_ROW = 18.0
_FIRST_TABLE_TOP, _NEXT_TABLE_TOP = _HEIGHT - 280, _HEIGHT - 70
_TABLE_END = 110.0  # rows stop here, counted from the lower edge of the page
_SUMS_NEED = 190.0  # what the sums and the account take up under the last row
# Left edges of left-aligned columns, right edges of right-aligned ones.
_POSITION, _ITEM, _QUANTITY, _PRICE, _VAT, _AMOUNT = _LEFT, _LEFT + 34, 346.0, 420.0, 468.0, _RIGHT


def printed(content: InvoiceContent, wording: Wording) -> bytes:
    """Returns the invoice as PDF, the same bytes each time. At each page break the sum so far is carried forward."""
    out = io.BytesIO()
    pages = tuple(_pages(content))
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(f"{wording.title} {content.invoice_number}")
    canvas.setAuthor(content.seller.name if content.seller and content.seller.name else "")
    for number, page in enumerate(pages, start=1):
        top = _head(canvas, content, wording) if number == 1 else _NEXT_TABLE_TOP
        end = _table(canvas, page, wording, top)
        if page.is_last:
            _sums(canvas, content, wording, end)
        _text(canvas, _LEFT, 40, wording.page.format(page=number, pages=len(pages)), size=8)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _PageOfLines:
    lines: tuple[InvoiceLine, ...]
    brought_forward: Decimal | None
    carried_forward: Decimal | None

    @property
    def is_last(self) -> bool:
        return self.carried_forward is None


def _pages(content: InvoiceContent) -> Iterator[_PageOfLines]:
    """Yields the lines of each page: fewer on the first, which has the head, and on the last, which has the sums."""
    rest = content.lines
    so_far: Decimal | None = None
    room = _FIRST_TABLE_TOP
    while True:
        fits = int((room - _TABLE_END) / _ROW) - 3
        last = len(rest) * _ROW <= room - _TABLE_END - _SUMS_NEED
        here = rest if last else rest[:fits]
        total = (so_far or Decimal(0)) + sum(
            (line.net_amount or Decimal(0) for line in here), Decimal(0)
        )
        yield _PageOfLines(here, so_far, None if last else total)
        if last:
            return
        rest, so_far, room = rest[len(here) :], total, _NEXT_TABLE_TOP


def _head(canvas: Canvas, content: InvoiceContent, wording: Wording) -> float:
    """Paints who, to whom and when; returns where the table may begin."""
    seller, buyer = content.seller, content.buyer
    assert seller is not None and buyer is not None
    y = _HEIGHT - 64
    _text(canvas, _LEFT, y, seller.name, bold=True, size=13)
    for line in _address(seller.postal_address):
        y -= 13
        _text(canvas, _LEFT, y, line)
    _text(canvas, _LEFT, y - 13, f"{wording.vat_identifier} {seller.vat_identifier}")
    y = _HEIGHT - 170
    _text(canvas, _LEFT, y, wording.bill_to, bold=True)
    for line in (buyer.name or "", *_address(buyer.postal_address)):
        y -= 13
        _text(canvas, _LEFT, y, line)
    _text(canvas, 350, _HEIGHT - 64, wording.title, bold=True, size=18)
    y = _HEIGHT - 170
    for caption, value in (
        (wording.invoice_number, content.invoice_number),
        (wording.issue_date, _day(content.issue_date, wording)),
        (wording.due_date, _day(content.payment_due_date, wording)),
        (wording.order, content.purchase_order_reference),
    ):
        _text(canvas, 350, y, caption, bold=True)
        _text(canvas, _RIGHT, y, value, right=True)
        y -= 15
    return _FIRST_TABLE_TOP


def _table(canvas: Canvas, page: _PageOfLines, wording: Wording, top: float) -> float:
    """Paints the lines of a page; returns where the table ends."""
    y = top
    _row(canvas, y, wording.columns, bold=True)
    canvas.line(_LEFT, y - 5, _RIGHT, y - 5)
    y -= _ROW
    if page.brought_forward is not None:
        _sum_row(canvas, y, wording.brought_forward, wording.number(page.brought_forward))
        y -= _ROW
    for line in page.lines:
        _row(canvas, y, _cells(line, wording))
        y -= _ROW
    canvas.line(_LEFT, y + 12, _RIGHT, y + 12)
    if page.carried_forward is not None:
        _sum_row(canvas, y - 4, wording.carried_forward, wording.number(page.carried_forward))
    return y


def _cells(line: InvoiceLine, wording: Wording) -> tuple[str, ...]:
    item, price, vat = line.item or Item(), line.price or PriceDetails(), line.vat or LineVat()
    numbers = (line.invoiced_quantity, price.net_price, vat.rate, line.net_amount)
    return (
        line.identifier or "",
        item.name or "",
        *("" if number is None else wording.number(number) for number in numbers),
    )


def _sums(canvas: Canvas, content: InvoiceContent, wording: Wording, y: float) -> None:
    totals = content.totals
    assert totals is not None
    y -= 8
    rows = [(wording.net_total, totals.amount_without_vat)]
    for row in content.vat_breakdown:
        rate = "" if row.rate is None else wording.number(row.rate)
        rows.append((wording.vat.format(rate=rate), row.tax_amount))
    rows += [(wording.total, totals.amount_with_vat), (wording.amount_due, totals.amount_due)]
    for caption, amount in rows:
        if amount is None:
            continue
        value = f"{wording.number(amount)} {content.currency_code}"
        _sum_row(canvas, y, caption, value, bold=caption == wording.amount_due)
        y -= 16
    payment = content.payment_instructions
    _text(canvas, _LEFT, 88, content.payment_terms)
    if payment is not None:
        accounts = " / ".join(t.account_identifier or "" for t in payment.credit_transfers)
        _text(canvas, _LEFT, 74, f"{wording.account} {accounts}")
        _text(canvas, _LEFT, 60, f"{wording.reference} {payment.remittance_information}")


def _day(day: date | None, wording: Wording) -> str:
    return "" if day is None else wording.day(day)


def _row(canvas: Canvas, y: float, cells: tuple[str, ...], bold: bool = False) -> None:
    position, item, *numbers = cells
    _text(canvas, _POSITION, y, position, bold=bold)
    _text(canvas, _ITEM, y, item, bold=bold)
    for x, number in zip((_QUANTITY, _PRICE, _VAT, _AMOUNT), numbers, strict=True):
        _text(canvas, x, y, number, bold=bold, right=True)


def _sum_row(canvas: Canvas, y: float, caption: str, value: str, bold: bool = True) -> None:
    _text(canvas, _PRICE, y, caption, bold=bold, right=True)
    _text(canvas, _AMOUNT, y, value, bold=bold, right=True)


def _address(address: PostalAddress | None) -> tuple[str, ...]:
    """Returns the lines of an address in the order of its country."""
    if address is None:
        return ()
    place = (
        f"{address.city} {address.post_code}"
        if address.country_code == "GB"
        else f"{address.post_code} {address.city}"
    )
    return tuple(line for line in (address.line_1, address.line_2, place) if line)


def _text(
    canvas: Canvas,
    x: float,
    y: float,
    text: str | None,
    *,
    size: float = 9.5,
    bold: bool = False,
    right: bool = False,
) -> None:
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    (canvas.drawRightString if right else canvas.drawString)(x, y, text or "")
