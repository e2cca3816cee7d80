"""The foot of every page: bank, registry, VAT identifier, number of the page."""

from invoice_generator.blocks.sheet import Sheet
from invoice_generator.blocks.terms import shown_account
from invoice_generator.drawing.canvas import GREY, Span, Style

FOOT = Style(6.8, ink=GREY)
_Line = list[Span]


def footer_height(footer: str) -> float:
    return {"none": 34, "line": 48, "centred": 58}.get(footer, 84)


def footer(sheet: Sheet) -> None:
    """Draws the foot of every page, once all pages are there."""
    canvas = sheet.canvas
    for page in range(canvas.page_count):
        canvas.page = page
        top = sheet.bottom + 10
        how = sheet.layout.footer
        if how != "none":
            canvas.rule(sheet.left, top - 3, sheet.right, top - 3, 0.4, GREY)
        if how in ("line", "centred"):
            _running(sheet, top, "centre" if how == "centred" else "left")
        elif how != "none":
            _columns(sheet, top, int(how[-1]))
        if canvas.page_count > 1 or len(sheet.layout.name) % 2:
            _page_number(sheet, page)


def bank_lines(sheet: Sheet) -> list[_Line]:
    """Returns bank, IBAN and BIC with their labels."""
    seller, label = sheet.document.seller, sheet.wording.label
    return [
        [Span(seller.bank, "bank_name")],
        [Span(label("iban") + " ", "label.iban"), Span(shown_account(seller.iban), "iban")],
        [Span(label("bic") + " ", "label.bic"), Span(seller.bic, "bic")],
    ]


def registry_lines(sheet: Sheet) -> list[_Line]:
    """Returns registration and VAT identifier with their labels."""
    seller, label = sheet.document.seller, sheet.wording.label
    return [
        [
            Span(label("registration") + " ", "label.registration"),
            Span(seller.registration, "seller_registration"),
        ],
        [
            Span(label("seller_vat_id") + " ", "label.seller_vat_id"),
            Span(seller.vat_id, "seller_vat_id"),
        ],
    ]


def _columns(sheet: Sheet, top: float, count: int) -> None:
    seller = sheet.document.seller
    name: list[_Line] = [
        [Span(seller.name, "seller_name")],
        *([Span(line, "seller_address")] for line in seller.address),
    ]
    reach: list[_Line] = [
        [
            Span(sheet.wording.label("phone") + " ", "label.phone"),
            Span(seller.phone, "seller_phone"),
        ],
        [Span(seller.email, "seller_email")],
        [Span(seller.web, "seller_web")],
    ]
    parts = {2: [[*name, *registry_lines(sheet)], bank_lines(sheet)],
             3: [name, [*reach[:2], *registry_lines(sheet)], bank_lines(sheet)],
             4: [name, reach, registry_lines(sheet), bank_lines(sheet)]}[count]  # fmt: skip
    # The last column has the IBAN, which is the longest.
    shares = {2: (0.55, 0.45), 3: (0.31, 0.36, 0.33), 4: (0.25, 0.2, 0.25, 0.3)}[count]
    x = sheet.left
    for lines, share in zip(parts, shares, strict=True):
        width, y = sheet.width * share, top
        places: dict[str, int] = {}
        for line in lines:
            style = sheet.canvas.fitting(line, width - 6, FOOT)
            for broken in sheet.canvas.broken(line, width - 6, style):
                sheet.canvas.write(x, y, broken, style, places=places)
                y += FOOT.height
        x += width


def _running(sheet: Sheet, top: float, align: str) -> None:
    x = sheet.left if align == "left" else (sheet.left + sheet.right) / 2
    spans: _Line = [Span(sheet.document.seller.name, "seller_name")]
    for line in (*registry_lines(sheet), *bank_lines(sheet)):
        spans += [Span(" | "), *line]
    sheet.canvas.paragraph(x, top, sheet.width, spans, FOOT, align)


def _page_number(sheet: Sheet, page: int) -> None:
    label, count = sheet.wording.label, sheet.canvas.page_count
    spans = [Span(f"{label('page')} ", "label.page"), Span(str(page + 1), "page_number"),
             Span(f" {label('of')} ", "label.page"), Span(str(count), "page_count")]  # fmt: skip
    sheet.canvas.write(sheet.right, sheet.canvas.height - 22, spans, FOOT, "right")
