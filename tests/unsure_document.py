"""A PDF of one page that is not read surely: it prints two numbers, and nothing tells which is the invoice's."""

import pymupdf

_PRINTED = (
    (50, 60, 11, "Muster Werk GmbH"),
    (50, 200, 18, "Rechnung"),
    (50, 230, 11, "Nummer 4711"),
    (250, 230, 11, "Nummer 4712"),
    (50, 250, 11, "Datum 03.02.2026"),
    (50, 440, 11, "Gesamtbetrag"),
    (430, 440, 11, "119,00 EUR"),
)


def unsure_pdf(*more: str) -> bytes:
    """Returns the document, with these texts under the others."""
    with pymupdf.open() as document:  # type: ignore[no-untyped-call]
        page = document.new_page()
        for left, top, size, text in _PRINTED:
            page.insert_text((left, top), text, fontsize=size)
        for at, text in enumerate(more):
            page.insert_text((50, 500 + 20 * at), text, fontsize=11)
        pdf: bytes = document.tobytes()
    return pdf
