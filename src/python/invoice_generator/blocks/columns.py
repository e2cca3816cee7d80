"""Which columns a table has, how wide they are, and what stands in their cells."""

from dataclasses import dataclass
from decimal import Decimal

from invoice_generator.blocks.sheet import Sheet
from invoice_generator.content.document import LISTING_KINDS, Line
from invoice_generator.drawing.canvas import Span

# Characters of a column; what is left over is the description's.
_WIDTHS = {"position": 5, "article": 11, "quantity": 8.5, "unit": 6.5, "price": 11, "price_base": 5.5,
           "percent": 8.5, "rate": 8, "code": 6.5, "net": 13, "gross": 13}  # fmt: skip
_LEFT = {"position", "article", "description", "unit", "code"}
_WITHOUT_PRICES = {"position", "article", "description", "quantity", "unit"}


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    left: float
    right: float

    @property
    def align(self) -> str:
        return "left" if self.key in _LEFT else "right"

    @property
    def x(self) -> float:
        return self.left + 2 if self.align == "left" else self.right - 2

    @property
    def width(self) -> float:
        return self.right - self.left - 4


def columns_of(sheet: Sheet) -> list[Column]:
    """Returns the layout's columns that this document fills; a base of prices has one where prices are per hundred."""
    document = sheet.document
    keys = list(sheet.layout.table.columns)
    if document.kind in LISTING_KINDS:
        keys = ["position", "description", "net"]
    if document.kind == "delivery_note":
        keys = [key for key in keys if key in _WITHOUT_PRICES]
    has_base = any(line.price_base != 1 for line in document.lines)
    if has_base and "price" in keys and "price_base" not in keys:
        keys.insert(keys.index("price") + 1, "price_base")
    has_percent = any(line.percent for line in document.lines)
    if has_percent and "price" in keys and "percent" not in keys:
        keys.insert(keys.index("net") if "net" in keys else len(keys), "percent")
    empty = {
        key for key, filled in (("price_base", has_base), ("percent", has_percent)) if not filled
    }
    keys = [key for key in keys if key not in empty]
    per_character = sheet.layout.size * 0.53 * (1.16 if sheet.layout.face == "cour" else 1)
    widths = {key: _WIDTHS[key] * per_character for key in keys if key != "description"}
    if len(document.lines) > 999 and "position" in widths:
        widths["position"] *= 1.2
    rest = sheet.width - sum(widths.values())
    if rest < 110:  # a narrow page: the numbers come closer
        widths = {
            key: width * (sheet.width - 110) / (sheet.width - rest) for key, width in widths.items()
        }
        rest = 110.0
    columns, x = [], sheet.left
    for key in keys:
        width = widths.get(key, rest)
        columns.append(Column(key, x, x + width))
        x += width
    return columns


def cell(sheet: Sheet, column: Column, line: Line, index: int) -> Span | None:
    """Returns what stands in the column for this line, as one value."""
    wording, role = sheet.wording, f"lines[{index}].{column.key}"
    match column.key:
        case "position":
            return Span(line.position, role)
        case "article":
            return Span(line.article, role)
        case "quantity":
            return Span(wording.quantity(line.quantity), role)
        case "unit":
            return Span(wording.unit(line.unit), role)
        case "price":
            return Span(wording.money(line.price), role)
        case "price_base":
            return Span(wording.quantity(_decimal(line.price_base)), role)
        case "percent":
            return Span(wording.quantity(line.percent), role) if line.percent else None
        case "rate":
            text = wording.quantity(line.rate)
            return Span(text + " %" if sheet.layout.table.head == "two_rows" else text, role)
        case "code":
            return Span(line.code, role)
        case "net":
            return Span(wording.money(line.net), role)
        case _:
            return Span(wording.money(line.gross), role)


def _decimal(value: int) -> Decimal:
    return Decimal(value)
