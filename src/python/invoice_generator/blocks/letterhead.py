"""The head of the first page: a logo, the seller's name, how to reach it."""

from dataclasses import replace

from invoice_generator.blocks.sheet import Sheet
from invoice_generator.drawing.canvas import WHITE, Span, Style


def letterhead(sheet: Sheet) -> None:
    """Draws the head, and leaves y below it."""
    {
        "logo_left": _logo_left,
        "logo_right": _logo_right,
        "band": _band,
        "centred": _centred,
        "plain": _plain,
        "corner": _corner,
        "none": _nothing,
    }[sheet.layout.letterhead](sheet)


def contact_lines(sheet: Sheet) -> list[list[Span]]:
    """Returns the seller's address and how it is reached, line by line."""
    seller = sheet.document.seller
    lines = [[Span(line, "seller_address")] for line in seller.address]
    lines.append(
        [
            Span(sheet.wording.label("phone") + " ", "label.phone"),
            Span(seller.phone, "seller_phone"),
        ]
    )
    lines.append([Span(seller.email, "seller_email")])
    return lines


def logo(sheet: Sheet, x: float, y: float, size: float) -> None:
    """Draws a mark of one of several forms, chosen by the seller's name, so that it is that firm's always."""
    canvas, ink = sheet.canvas, sheet.layout.ink
    light = (ink[0] * 0.4 + 0.6, ink[1] * 0.4 + 0.6, ink[2] * 0.4 + 0.6)
    match sum(map(ord, sheet.document.seller.name)) % 5:
        case 0:
            canvas.disc(x + size / 2, y + size / 2, size / 2, ink)
            canvas.disc(x + size * 0.62, y + size * 0.4, size / 4, light)
        case 1:
            for step in range(3):
                left = x + step * size / 3
                canvas.fill((left, y + size * (0.6 - 0.3 * step), left + size / 4, y + size), ink)
        case 2:
            canvas.polygon([(x, y + size), (x + size / 2, y), (x + size, y + size)], ink)
            canvas.polygon(
                [
                    (x + size * 0.3, y + size),
                    (x + size * 0.65, y + size * 0.45),
                    (x + size, y + size),
                ],
                light,
            )
        case 3:
            canvas.fill((x, y, x + size, y + size), ink)
            style = Style(size * 0.6, bold=True, ink=WHITE)
            initial = Span(sheet.document.seller.brand[0], "logo")
            canvas.write(x + size / 2, y + size * 0.13, initial, style, "centre")
        case _:
            canvas.polygon(
                [
                    (x, y + size / 2),
                    (x + size / 2, y),
                    (x + size, y + size / 2),
                    (x + size / 2, y + size),
                ],
                ink,
            )
            canvas.disc(x + size / 2, y + size / 2, size / 6, WHITE)


def _contact(sheet: Sheet, x: float, y: float, align: str, width: float = 260) -> float:
    canvas = sheet.canvas
    name = Span(sheet.document.seller.name, "seller_name")
    y = canvas.paragraph(x, y, width, name, canvas.fitting(name, width, sheet.bold), align)
    places: dict[str, int] = {}
    for line in contact_lines(sheet):
        small = canvas.fitting(line, width, sheet.small)
        canvas.write(x, y, line, small, align, places)
        y += small.height
    return y


def _logo_left(sheet: Sheet) -> None:
    logo(sheet, sheet.left, sheet.y, 40)
    brand = Style(19, bold=True, ink=sheet.layout.ink)
    sheet.canvas.write(
        sheet.left + 48, sheet.y + 8, Span(sheet.document.seller.brand, "logo"), brand
    )
    sheet.y = max(sheet.y + 52, _contact(sheet, sheet.right, sheet.y, "right")) + 10


def _logo_right(sheet: Sheet) -> None:
    logo(sheet, sheet.right - 46, sheet.y, 46)
    sheet.y = max(sheet.y + 52, _contact(sheet, sheet.left, sheet.y, "left")) + 12


def _band(sheet: Sheet) -> None:
    canvas, seller = sheet.canvas, sheet.document.seller
    canvas.fill((0, 0, canvas.width, 74), sheet.layout.ink)
    small = Style(8, ink=WHITE)
    room = canvas.width - sheet.left * 2 - canvas.text_width(seller.web, small) - 16
    name, style = Span(seller.name, "seller_name"), Style(16, bold=True, ink=WHITE)
    if canvas.text_width(seller.name, style) > room:
        style = replace(style, size=11)
    canvas.paragraph(sheet.left, 24, room, name, style)
    canvas.write(canvas.width - sheet.left, 22, Span(seller.web, "seller_web"), small, "right")
    canvas.write(canvas.width - sheet.left, 34, Span(seller.phone, "seller_phone"), small, "right")
    sheet.y = 92


def _centred(sheet: Sheet) -> None:
    middle, seller = (sheet.left + sheet.right) / 2, sheet.document.seller
    sheet.write(
        middle,
        Span(seller.name, "seller_name"),
        Style(17, bold=True, ink=sheet.layout.ink),
        "centre",
    )
    places: dict[str, int] = {}
    address: list[Span] = []
    for line in seller.address:
        address += [Span(line, "seller_address"), Span(" · ")]
    sheet.canvas.write(middle, sheet.y, address[:-1], sheet.small, "centre", places)
    sheet.y += 16
    sheet.canvas.rule(sheet.left, sheet.y, sheet.right, sheet.y, 1, sheet.layout.ink)
    sheet.y += 16


def _plain(sheet: Sheet) -> None:
    sheet.y = _contact(sheet, sheet.left, sheet.y, "left") + 18


def _corner(sheet: Sheet) -> None:
    logo(sheet, sheet.right - 110, sheet.y, 22)
    sheet.y = _contact(sheet, sheet.right - 110, sheet.y + 28, "left", 110) + 4


def _nothing(sheet: Sheet) -> None:
    logo(sheet, sheet.right - 60, sheet.y, 34)
    style = Style(11, bold=True, ink=sheet.layout.ink)
    sheet.canvas.write(
        sheet.right, sheet.y + 38, Span(sheet.document.seller.brand, "logo"), style, "right"
    )
    sheet.y += 64
