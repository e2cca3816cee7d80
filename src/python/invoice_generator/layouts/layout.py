"""What a layout is: parts that are chosen independently of each other."""

from dataclasses import dataclass

from invoice_generator.drawing.canvas import Ink


@dataclass(frozen=True, slots=True)
class TableStyle:
    """`rules`: grid, rows, stripes, head, box, none; `head`: plain, band, two_rows, upper; `details`: below, above, line.

    With details `line` the description has a line of its own above the numbers.
    """

    columns: tuple[str, ...]
    rules: str = "rows"
    head: str = "plain"
    details: str = "below"
    bold_names: bool = False
    carry: bool = False
    gap: float = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """`held_out` layouts are kept from training. `order` has the blocks of the page from its top.

    letterhead: logo_left, logo_right, band, centred, plain, corner, none (the seller stands in the footer alone)
    addresses: left, right, both, boxed, sender (with the sender's line above)
    meta: beside, beside_above, strip, cells, grid, margin, line
    title: plain, number, upper, right, centred, band
    totals: right, left, full, table, boxed
    currency: code_after, code_before, symbol_after, symbol_before, head
    footer: none, line, columns2, columns3, columns4, centred
    """

    name: str
    table: TableStyle
    face: str = "helv"
    size: float = 9
    paper: tuple[float, float] = (595, 842)
    margin: float = 56
    ink: Ink = (0.1, 0.2, 0.4)
    letterhead: str = "logo_left"
    addresses: str = "left"
    meta: str = "beside"
    title: str = "plain"
    totals: str = "right"
    currency: str = "code_after"
    footer: str = "columns3"
    colon: bool = True
    vat_table: bool = False
    order: tuple[str, ...] = (
        "letterhead",
        "addresses",
        "title",
        "intro",
        "table",
        "totals",
        "terms",
    )
    held_out: bool = False


LETTER = (612.0, 792.0)
