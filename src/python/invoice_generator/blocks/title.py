"""What the document is, and the sentence that leads to its table."""

from invoice_generator.blocks.sheet import Sheet
from invoice_generator.drawing.canvas import WHITE, Span, Style


def title(sheet: Sheet) -> None:
    """Draws the title, with the number in it where the layout says so."""
    document, how = sheet.document, sheet.layout.title
    text = sheet.wording.title(document.kind)
    size = sheet.layout.size + 7
    if how == "upper":
        text = text.upper()
    spans = [Span(text, "title")]
    if how == "number":
        word = sheet.rng.choice(("", " Nr.", " No.", " #")) if document.language == "de" else ""
        spans += [Span(f"{word} ", "title"), Span(document.number, "invoice_number")]
    style = Style(size, bold=True, ink=sheet.layout.ink if how != "band" else WHITE)
    if how == "band":
        sheet.canvas.fill(
            (sheet.left, sheet.y, sheet.right, sheet.y + size * 1.6), sheet.layout.ink
        )
        sheet.canvas.write(sheet.left + 6, sheet.y + size * 0.12, spans, style)
        sheet.y += size * 1.6 + 10
        return
    x, align = {
        "right": (sheet.right, "right"),
        "centred": ((sheet.left + sheet.right) / 2, "centre"),
    }.get(how, (sheet.left, "left"))
    sheet.write(x, spans, style, align)
    sheet.y += 6


def intro(sheet: Sheet) -> None:
    """Says which invoice a credit note is for, or leads to the table."""
    document, wording = sheet.document, sheet.wording
    if document.refers_to:
        number, day = document.refers_to
        spans = wording.phrase(
            "credit",
            number=Span(number, "preceding_number"),
            date=Span(wording.date(day), "preceding_date"),
        )
    elif document.kind == "invoice":
        spans = wording.phrase("intro")
    else:
        return
    sheet.y = sheet.canvas.paragraph(sheet.left, sheet.y, sheet.width, spans, sheet.style) + 8
