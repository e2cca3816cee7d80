"""The table of lines, over as many pages as it takes."""

from dataclasses import replace
from decimal import Decimal

from invoice_generator.blocks.columns import Column, cell, columns_of
from invoice_generator.blocks.entries import Entry, entries_of
from invoice_generator.blocks.sheet import Sheet
from invoice_generator.content.document import LISTING_KINDS
from invoice_generator.drawing.canvas import WHITE, Ink, Span, Style

_PALE: Ink = (0.94, 0.95, 0.97)
_LINE: Ink = (0.55, 0.55, 0.55)


def table(sheet: Sheet) -> None:
    """Draws all rows; where the layout carries sums, each page break has the sum so far on both its sides."""
    document, style = sheet.document, sheet.layout.table
    columns = columns_of(sheet)
    priced = any(column.key == "net" for column in columns)
    entries = entries_of(document, priced and style.rules != "none", sheet.fault, sheet.rng)
    carried, top = Decimal("0.00"), _head(sheet, columns)
    carry = style.carry and priced
    room = sheet.style.height * 1.6 if carry else 0.0
    striped, skip = False, False
    for entry in entries:
        if skip:
            skip = False
            continue
        if entry.kind == "line" and entry.merged:
            skip = True
        height = _height(sheet, columns, entry)
        if sheet.y + height + room > sheet.bottom:
            if carry:
                _sum_row(sheet, columns, "carry_out", carried)
            _close(sheet, columns, top)
            sheet.new_page()
            top = _head(sheet, columns)
            if carry:
                wrong = Decimal("10.00") if sheet.fault == "wrong_carry" else Decimal(0)
                _sum_row(sheet, columns, "carry_in", carried + wrong)
        if entry.kind == "line":
            striped = not striped
            _line_row(sheet, columns, entry, height, striped)
            carried += document.lines[entry.line].net
            if entry.merged:
                carried += document.lines[entry.line + 1].net
        elif entry.kind == "section":
            first = len(sheet.canvas.words)
            y = sheet.y
            sheet.canvas.write(
                _description(columns).x, y + 3, Span(entry.text, "section"), sheet.bold
            )
            sheet.y += height
            sheet.canvas.row("section", None, first, (sheet.left, y, sheet.right, sheet.y))
        else:
            _sum_row(sheet, columns, "subtotal", entry.amount)
    _close(sheet, columns, top)
    sheet.y += 10


def _head(sheet: Sheet, columns: list[Column]) -> float:
    style, canvas, top = sheet.layout.table, sheet.canvas, sheet.y
    band = style.head == "band"
    text = Style(sheet.layout.size - 0.5, bold=True, ink=WHITE if band else (0, 0, 0))
    labels = [[_heading(sheet, column, style.head == "upper")] for column in columns]
    if style.head == "two_rows" or any(
        canvas.text_width(lines[0].text, text) > column.width
        for lines, column in zip(labels, columns, strict=True)
    ):
        labels = [
            _in_two(sheet, column, lines[0]) for lines, column in zip(labels, columns, strict=True)
        ]
    height = max(map(len, labels)) * text.height + 5
    if band:
        canvas.fill((sheet.left, top, sheet.right, top + height), sheet.layout.ink)
    first = len(canvas.words)
    for lines, column in zip(labels, columns, strict=True):
        places: dict[str, int] = {}
        for index, span in enumerate(lines):
            size = text.size
            while (
                size > 5 and canvas.text_width(span.text, replace(text, size=size)) > column.width
            ):
                size -= 0.5
            canvas.write(
                column.x,
                top + 2 + index * text.height,
                span,
                replace(text, size=size),
                column.align,
                places,
            )
    sheet.y = top + height
    canvas.row("head", None, first, (sheet.left, top, sheet.right, sheet.y))
    if style.rules != "none":
        canvas.rule(sheet.left, sheet.y, sheet.right, sheet.y, 0.8)
    return top


def _heading(sheet: Sheet, column: Column, upper: bool) -> Span:
    text = sheet.wording.label(column.key)
    return Span(text.upper() if upper else text, f"head.{column.key}")


def _in_two(sheet: Sheet, column: Column, span: Span) -> list[Span]:
    if column.key in ("net", "price", "gross") and sheet.wording.currency_in_head:
        return [span, Span(sheet.document.currency, "currency")]
    before, _, after = span.text.rpartition(" ")
    return [Span(before, span.role), Span(after, span.role)] if before else [span]


def _description(columns: list[Column]) -> Column:
    return next(column for column in columns if column.key == "description")


def _name_lines(sheet: Sheet, columns: list[Column], index: int) -> list[list[Span]]:
    line, column = sheet.document.lines[index], _description(columns)
    width = sheet.right - column.left if sheet.layout.table.details == "line" else column.width
    name = Style(sheet.layout.size, bold=sheet.layout.table.bold_names)
    return sheet.canvas.broken(Span(line.name, f"lines[{index}].description"), width, name)


def _height(sheet: Sheet, columns: list[Column], entry: Entry) -> float:
    height = sheet.style.height
    if entry.kind != "line":
        return height + 6
    names = len(_name_lines(sheet, columns, entry.line))
    if sheet.layout.table.details == "line":
        names += 1
    details = len(sheet.document.lines[entry.line].details)
    return names * height + details * sheet.small.height + sheet.layout.table.gap


def _line_row(
    sheet: Sheet, columns: list[Column], entry: Entry, height: float, striped: bool
) -> None:
    style, canvas, top, index = sheet.layout.table, sheet.canvas, sheet.y, entry.line
    line, first = sheet.document.lines[index], len(canvas.words)
    if style.rules == "stripes" and striped:
        canvas.fill((sheet.left, top, sheet.right, top + height), _PALE)
    x, y = _description(columns).x, top + style.gap / 2
    names = _name_lines(sheet, columns, index)
    name = Style(sheet.layout.size, bold=style.bold_names)
    detail = Span(f"lines[{index}].detail", f"lines[{index}].detail")
    if style.details == "above":
        y = _details(sheet, x, y, line.details, detail.role)
    numbers = y
    places: dict[str, int] = {}
    for spans in names:
        canvas.write(x, y, spans, name, places=places)
        y += name.height
    if style.details == "line":
        numbers, y = y, y + name.height
    if style.details != "above":
        _details(sheet, x, y, line.details, detail.role)
    _cells(sheet, columns, index, numbers)
    if entry.merged:
        _cells(
            sheet,
            [c for c in columns if c.key in ("net", "gross")],
            index + 1,
            numbers + sheet.style.height / 2,
        )
    sheet.y = top + height
    canvas.row("line", index, first, (sheet.left, top, sheet.right, sheet.y))
    if style.rules in ("rows", "grid"):
        canvas.rule(sheet.left, sheet.y, sheet.right, sheet.y, 0.3, _LINE)


def _details(sheet: Sheet, x: float, y: float, details: tuple[str, ...], role: str) -> float:
    places: dict[str, int] = {}
    for text in details:
        sheet.canvas.write(x, y, Span(text, role), sheet.small, places=places)
        y += sheet.small.height
    return y


def _cells(sheet: Sheet, columns: list[Column], index: int, y: float) -> None:
    line = sheet.document.lines[index]
    if sheet.fault == "wrong_line" and index == len(sheet.document.lines) // 2:
        line = replace(line, net=line.net + 1)
    for column in columns:
        if column.key == "description":
            continue
        span = cell(sheet, column, line, index)
        if span is None:
            continue
        size = sheet.layout.size
        while size > 4 and sheet.canvas.text_width(span.text, Style(size)) > column.width:
            size -= 0.5
        sheet.canvas.write(column.x, y, span, Style(size), column.align)


def _sum_row(sheet: Sheet, columns: list[Column], kind: str, amount: Decimal) -> None:
    canvas, top, first = sheet.canvas, sheet.y, len(sheet.canvas.words)
    net = next(column for column in columns if column.key == "net")
    style = sheet.bold if kind == "subtotal" else Style(sheet.layout.size, italic=True)
    canvas.write(
        _description(columns).x, top + 3, Span(sheet.wording.label(kind), f"label.{kind}"), style
    )
    canvas.write(net.x, top + 3, Span(sheet.wording.money(amount), kind), style, "right")
    sheet.y = top + sheet.style.height + 6
    canvas.row(kind, None, first, (sheet.left, top, sheet.right, sheet.y))


def _close(sheet: Sheet, columns: list[Column], top: float) -> None:
    style, canvas = sheet.layout.table, sheet.canvas
    if style.rules in ("grid", "box"):
        canvas.frame((sheet.left, top, sheet.right, sheet.y), 0.6)
        for column in columns[1:]:
            canvas.rule(column.left, top, column.left, sheet.y, 0.4, _LINE)
    elif style.rules in ("head", "stripes"):
        canvas.rule(sheet.left, sheet.y, sheet.right, sheet.y, 0.8)


def has_prices(sheet: Sheet) -> bool:
    """Says whether the document has totals; a delivery note has none."""
    return sheet.document.kind != "delivery_note"


def lists_invoices(sheet: Sheet) -> bool:
    return sheet.document.kind in LISTING_KINDS
