"""The buyer's address, the seller's where it stands beside it, and the block of numbers where that stands there."""

from invoice_generator.blocks.meta import meta_above_labels, meta_left_labels, meta_line, meta_strip
from invoice_generator.blocks.sheet import Sheet
from invoice_generator.content.parties import Party
from invoice_generator.drawing.canvas import GREY, Span, Style


def addresses(sheet: Sheet) -> None:
    """Draws the addresses and what numbers and dates the layout has beside or below them."""
    top, style = sheet.y, sheet.layout.addresses
    half = sheet.width / 2
    right = sheet.left + half + 20
    low = top
    if style == "sender":
        _sender_line(sheet, sheet.left, top)
        low = party(sheet, "buyer", sheet.left, top + 14, half)
    elif style == "right":
        low = party(sheet, "buyer", right, top, half - 20)
    elif style == "both":
        sheet.canvas.write(sheet.left, top, sheet.label("seller"), sheet.small)
        sheet.canvas.write(right, top, sheet.label("bill_to"), sheet.small)
        below = top + sheet.small.height + 2
        low = max(
            party(sheet, "seller", sheet.left, below, half - 10),
            party(sheet, "buyer", right, below, half - 20),
        )
    elif style == "boxed":
        sheet.canvas.write(sheet.left + 6, top + 5, sheet.label("bill_to"), sheet.small)
        low = party(sheet, "buyer", sheet.left + 6, top + 18, half - 12) + 6
        sheet.canvas.frame((sheet.left, top, sheet.left + half, low), 0.7, GREY)
    else:
        sheet.canvas.write(sheet.left, top, sheet.label("bill_to"), sheet.small)
        low = party(sheet, "buyer", sheet.left, top + 12, half)
    sheet.y = low + 16
    _meta(sheet, top, half, right)


def _meta(sheet: Sheet, top: float, half: float, right: float) -> None:
    meta = sheet.layout.meta
    x = sheet.left if sheet.layout.addresses == "right" else right
    if meta in ("beside", "beside_above"):
        draw = meta_left_labels if meta == "beside" else meta_above_labels
        if sheet.layout.addresses == "both":
            sheet.y = draw(sheet, sheet.left, sheet.y, sheet.width * 0.6) + 12
        else:
            sheet.y = max(sheet.y, draw(sheet, x, top, half - 20) + 16)
    elif meta == "margin":
        meta_above_labels(sheet, sheet.right + 14, top, 104)
    elif meta in ("strip", "cells"):
        meta_strip(sheet, cells=meta == "cells")
    else:
        meta_line(sheet)


def party(sheet: Sheet, whose: str, x: float, y: float, width: float) -> float:
    """Draws name and address of `buyer` or `seller`, the name over two lines where it is too wide."""
    who: Party = getattr(sheet.document, whose)
    bold = sheet.bold if whose == "seller" or sheet.layout.meta == "cells" else sheet.style
    y = sheet.canvas.paragraph(x, y, width, Span(who.name, f"{whose}_name"), bold)
    places: dict[str, int] = {}
    for line in who.address:
        sheet.canvas.write(x, y, Span(line, f"{whose}_address"), sheet.style, places=places)
        y += sheet.style.height
    return y


def _sender_line(sheet: Sheet, x: float, y: float) -> None:
    seller = sheet.document.seller
    spans = [Span(seller.name, "seller_name")]
    for line in seller.address:
        spans += [Span(" · "), Span(line, "seller_address")]
    style = Style(6, ink=GREY)
    sheet.canvas.write(x, y, spans, style)
    width = sheet.canvas.text_width("".join(span.text for span in spans), style)
    sheet.canvas.rule(x, y + 8, x + width, y + 8, 0.3, GREY)
