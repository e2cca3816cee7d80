"""Pages whose fonts lie are read from their picture, and pages in a language are not."""

import pytest

from invoice_reading.page import Box, Layer, Page, PdfPages, Word
from invoice_reading.recognition.garbled import is_garbled
from invoice_reading.recognition.picture import FoundLine, PictureLines
from invoice_reading.recognition.recogniser import PageRecogniser
from invoice_reading.recognition.wanted import pages_with_pictures, wanted_pages

ENGLISH = (
    "Invoice number Invoice date Please transfer the total amount within thirty days to the account named below and state"
    " the number of this invoice with your payment Thank you very much for your order Delivery was made on the day of"
    " the invoice Goods remain our property until they are paid in full"
)
POLISH = (
    "Faktura numer Data wystawienia Sprzedawca Nabywca Nazwa towaru lub us\u0142ugi Ilo\u015b\u0107 Cena netto Warto\u015b\u0107 brutto"
    " Razem do zap\u0142aty S\u0142ownie dwa tysi\u0105ce trzysta z\u0142otych Termin p\u0142atno\u015bci przelew czterna\u015bcie dni"
    " Miejsce wystawienia Warszawa Podpis osoby upowa\u017cnionej do wystawienia faktury Dzi\u0119kujemy za zakupy w naszym sklepie"
)


def page(text: str, number: int = 1, image_share: float = 0.0, hidden: bool = False) -> Page:
    words = tuple(
        Word(at, each, Box(0, at * 9_000, 90_000, at * 9_000 + 8_000), hidden=hidden)
        for at, each in enumerate(text.split())
    )
    return Page(number, 595, 842, words, image_share)


def shifted(text: str, places: int) -> str:
    """Returns the text as a font shows it whose glyphs are taken for characters: all of them so many places on."""
    return "".join(
        (
            chr((ord(c.casefold()) - ord("a") + places) % 26 + ord("a"))
            if c.isascii() and c.isalpha()
            else c
        )
        for c in text
    )


@pytest.mark.parametrize(
    "text", [ENGLISH, POLISH, "1234567890 " * 30, "\u0421\u0447\u0435\u0442 " * 60]
)
def test_text_in_a_language_and_numbers_are_no_garbage(text: str) -> None:
    assert not is_garbled(page(text))


@pytest.mark.parametrize("places", range(1, 26))
def test_letters_that_no_language_has_are_garbage(places: int) -> None:
    assert is_garbled(page(shifted(ENGLISH, places)))


@pytest.mark.parametrize("glyph", ["\ufffd", "\ue012", "\uf0b7"])
def test_characters_that_are_none_are_garbage_where_they_are_many(glyph: str) -> None:
    assert is_garbled(page(" ".join(glyph * len(word) for word in ENGLISH.split())))
    assert not is_garbled(page(f"{glyph} {ENGLISH}"))  # a bullet


def test_hidden_garbage_is_nobodys_text() -> None:
    assert not is_garbled(page(shifted(ENGLISH, 13), hidden=True))


def test_garbled_page_is_wanted_and_its_garbage_is_left_out() -> None:
    garbled = page(shifted(ENGLISH, 13), 2)
    pages = PdfPages((page(ENGLISH), garbled), 2)
    assert wanted_pages(pages) == (2,)
    found = recognised(pages, (2,), "Total 240.00")
    assert found.pages[0] == pages.pages[0]
    assert [(word.index, word.text, word.layer) for word in found.pages[1].words] == [
        (0, "Total", Layer.OCR),
        (1, "240.00", Layer.OCR),
    ]


def test_beside_text_only_what_the_text_does_not_say_is_read() -> None:
    """The first word of the line lies on a word of the page, the second on none."""
    text = Page(1, 595, 842, (Word(0, "Total", Box(0, 0, 300_000, 100_000)),), 0.02)
    (found,) = recognised(PdfPages((text,), 1), (1,), "Total 240.00").pages
    assert [(word.index, word.text, word.layer) for word in found.words] == [
        (0, "Total", Layer.TEXT),
        (1, "240.00", Layer.OCR),
    ]


def test_page_with_text_is_kept_where_its_picture_cannot_be_read() -> None:
    text = page(ENGLISH, image_share=0.02)
    recognise = PageRecogniser(lambda data, numbers: iter(()), 1)
    assert recognise(b"", PdfPages((text,), 1), (1,)).pages == (text,)


def test_pictures_beside_text_are_looked_at_on_the_first_pages_and_the_last() -> None:
    pages = [page(ENGLISH, number, 0.02 if number != 3 else 0.001) for number in range(1, 9)]
    assert pages_with_pictures(pages) == (1, 2, 8)
    assert pages_with_pictures(pages[:1]) == (1,)
    assert pages_with_pictures([page(ENGLISH, 1, 0.001)]) == ()


def recognised(pages: PdfPages, wanted: tuple[int, ...], line: str) -> PdfPages:
    corners = ((0.0, 0.0), (600.0, 0.0), (600.0, 80.0), (0.0, 80.0))
    lines = (FoundLine(line, 0.9, corners),)
    recognise = PageRecogniser(
        lambda data, numbers: (PictureLines(n, 0, 1000, 1000, lines) for n in numbers), 9
    )
    return recognise(b"", pages, wanted)
