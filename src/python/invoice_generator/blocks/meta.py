"""The block of numbers and dates."""

from dataclasses import dataclass

from invoice_generator.blocks.sheet import Sheet
from invoice_generator.content.document import INVOICE_KINDS
from invoice_generator.drawing.canvas import Span, Style


@dataclass(frozen=True, slots=True)
class Item:
    label: Span
    value: list[Span]


def items(sheet: Sheet) -> list[Item]:
    """Returns what the block says; the number is left to the title where that has it."""
    document, wording = sheet.document, sheet.wording
    is_invoice = document.kind in INVOICE_KINDS
    rows: list[tuple[str, list[Span]]] = []
    if sheet.layout.title != "number":
        key = "invoice_number" if document.kind == "invoice" else "document_number"
        rows.append((key, [Span(document.number, "invoice_number")]))
    rows.append(("issue_date", [Span(wording.date(document.issue_date), "issue_date")]))
    if (
        document.terms.payment == "transfer"
        and document.terms.says_date
        and document.kind == "invoice"
    ):
        rows.append(("due_date", [Span(wording.date(document.terms.due), "due_date")]))
    for key in ("customer_number", "order_number", "buyer_reference", "contract_number"):
        if value := getattr(document, key):
            rows.append((key, [Span(value, key)]))
    if document.delivery_date:
        rows.append(
            ("delivery_date", [Span(wording.date(document.delivery_date), "delivery_date")])
        )
    if document.period:
        start, end = document.period
        period = [
            Span(wording.date(start), "period_start"),
            Span(" - "),
            Span(wording.date(end), "period_end"),
        ]
        rows.append(("period", period))
    if is_invoice and (document.reverse_charge or len(rows) % 3 == 0):
        rows.append(("buyer_vat_id", [Span(document.buyer.vat_id, "buyer_vat_id")]))
    if len(document.seller.name) % 3 == 0:
        rows.append(("contact", [Span(document.seller.contact, "seller_contact")]))
    return [Item(_label(sheet, key), value) for key, value in rows]


def _label(sheet: Sheet, key: str) -> Span:
    label = sheet.label(key)
    if key == "issue_date" and sheet.document.kind not in INVOICE_KINDS:
        return Span(
            sheet.wording.label(
                "delivery_date" if sheet.document.kind == "delivery_note" else "issue_date"
            ),
            label.role,
        )
    return label


def meta_left_labels(sheet: Sheet, x: float, y: float, width: float) -> float:
    """Draws labels left of their values, and returns the y below."""
    style = sheet.style
    rows = items(sheet)
    column = min(
        max(sheet.canvas.text_width(item.label.text, style) for item in rows) + 8, width * 0.62
    )
    for item in rows:
        sheet.canvas.write(x, y, item.label, style)
        y = sheet.canvas.paragraph(x + column, y, width - column, item.value, style)
    return y


def meta_above_labels(sheet: Sheet, x: float, y: float, width: float) -> float:
    """Draws labels above their values, one under the other."""
    for item in items(sheet):
        sheet.canvas.write(x, y, item.label, sheet.small)
        y = sheet.canvas.paragraph(x, y + sheet.small.height, width, item.value, sheet.style) + 3
    return y


def meta_strip(sheet: Sheet, cells: bool) -> None:
    """Draws rows of up to four labels with the values below them, in cells with borders or without."""
    rows = items(sheet)
    across = 4 if len(rows) != 3 else 3
    width, height = sheet.width / across, sheet.layout.size * 2.9
    for index, item in enumerate(rows):
        x, y = sheet.left + index % across * width, sheet.y + index // across * height
        if cells:
            sheet.canvas.frame((x, y, x + width, y + height), 0.5, (0.5, 0.5, 0.5))
        sheet.canvas.write(x + 3, y + 2, item.label, sheet.small)
        value = Style(_fitting(sheet, item.value, width - 6), bold=not cells)
        sheet.canvas.write(x + 3, y + 3 + sheet.small.height, item.value, value)
    sheet.y += -(-len(rows) // across) * height + 12


def meta_line(sheet: Sheet) -> None:
    """Draws everything as running text in a line or two."""
    spans: list[Span] = []
    for item in items(sheet):
        spans += [item.label, Span(" "), *item.value, Span("   ")]
    sheet.y = sheet.canvas.paragraph(sheet.left, sheet.y, sheet.width, spans[:-1], sheet.style) + 10


def _fitting(sheet: Sheet, value: list[Span], width: float) -> float:
    size, text = sheet.layout.size, "".join(span.text for span in value)
    while size > 5 and sheet.canvas.text_width(text, Style(size, bold=True)) > width:
        size -= 0.5
    return size
