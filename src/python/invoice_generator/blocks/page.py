"""Puts the blocks of a layout on pages."""

import random

from invoice_generator.blocks.addresses import addresses
from invoice_generator.blocks.footer import bank_lines, footer, footer_height, registry_lines
from invoice_generator.blocks.letterhead import letterhead
from invoice_generator.blocks.sheet import Sheet
from invoice_generator.blocks.table import table
from invoice_generator.blocks.terms import terms
from invoice_generator.blocks.title import intro, title
from invoice_generator.blocks.totals import totals
from invoice_generator.content.document import Document
from invoice_generator.drawing.canvas import Canvas, Span
from invoice_generator.layouts.layout import Layout
from invoice_generator.wording import Wording

_BLOCKS = {
    "letterhead": letterhead,
    "addresses": addresses,
    "title": title,
    "intro": intro,
    "table": table,
    "totals": totals,
    "terms": terms,
}
_MARGIN_COLUMN = 118


def draw(
    document: Document, layout: Layout, wording: Wording, rng: random.Random, fault: str = ""
) -> Canvas:
    """Returns the pages of the document in the layout."""
    width, height = layout.paper
    right = width - layout.margin - (_MARGIN_COLUMN if layout.meta == "margin" else 0)
    sheet = Sheet(
        canvas=Canvas(width, height, layout.face),
        document=document,
        layout=layout,
        wording=wording,
        rng=rng,
        left=layout.margin,
        right=right,
        y=40,
        bottom=height - footer_height(layout.footer) - 14,
        on_new_page=_continue,
        fault=fault,
    )
    for block in layout.order:
        _BLOCKS[block](sheet)
    if layout.footer == "none":
        _bank(sheet)
    footer(sheet)
    return sheet.canvas


def _continue(sheet: Sheet) -> None:
    sheet.y = 40
    if sheet.layout.letterhead != "none":
        sheet.canvas.write(
            sheet.left, sheet.y, Span(sheet.document.seller.name, "seller_name"), sheet.small
        )
    spans = [
        Span(sheet.wording.title(sheet.document.kind) + " ", "title"),
        Span(sheet.document.number, "invoice_number"),
    ]
    sheet.canvas.write(sheet.right, sheet.y, spans, sheet.small, "right")
    sheet.y += 24


def _bank(sheet: Sheet) -> None:
    """Says the bank below the terms, where no footer does."""
    sheet.need(5 * sheet.style.height + 8)
    sheet.y += 8
    for line in (*bank_lines(sheet), *registry_lines(sheet)):
        sheet.write(sheet.left, line)
