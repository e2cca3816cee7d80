"""What counts as a figure in a text."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_summarizer.domain.summarizing import locale_format
from invoice_summarizer.domain.summarizing.language import language_of, regions_of
from invoice_summarizer.domain.summarizing.number_words import NUMBER_WORDS
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.tokens import tokens


def found(text: str, language: str = "en") -> list[str]:
    return [text[token.begin : token.end] for token in tokens(text, language)]


@pytest.mark.parametrize(
    "figure",
    [
        "7",
        "1,190.00",
        "1.190,00",
        "1'190.00",
        "1 190,00",
        "1\u202f190,00",
        "-5",
        "−5",
        "+5",
        ".5",
        "19%",
        "€5",
        "5€",
        "100k",
        "(100.00)",
        "2024-03-01",
        "01.03.2024",
        "12/24",
        "RE-2024/0017",
        "DE123456789",
        "A1",
        "x1y",
        "B2B",
        "ａ１",
        "１２３",
        "٣",
        "१२",
        "²",
        "①",
        "½",
        "Ⅳ",
        "一",
        "𝟏𝟐",
        "㊿",
        "IV",
        "lOO",
        "two",
        "Twelve",
        "DOZEN",
        "million",
        "zwei",
        "Fünf",
        "einundzwanzig",
        "zweihundertdreizehn",
        "Milliarden",
        "deux",
        "Quinze",
        "EUR",
        "euros",
        "Franken",
        "percent",
        "€",
        "$",
        "£",
        "₿",
        "%",
        "‰",
        "March",
        "März",
        "août",
        "Monday",
        "MÄRZ",
        "Mon",
        "lun",
        "Lundi",
        "thirteenth",
        "Twentieths",
        "thirds",
        "quarter",
        "zwölfte",
        "Fünftel",
        "zwanzigsten",
        "anderthalb",
        "zweieinhalb",
        "dreifache",
        "onzième",
        "huitaine",
        "quart",
        "iv",
        "xii",
        "Groschen",
        "centime",
        "TEUR",
        "kUSD",
        "https://example.com/pay",
        "pay@example.com",
        "www.example.com",
        "example.com",
        "Еuro",
        "Ｅ",
        "ο",
    ],
)
def test_figure_is_found_in_a_sentence(figure: str) -> None:
    text = f"the amount {figure} is due"
    [token] = tokens(text, "en")
    assert "the amount ".find(text[: token.begin]) == 0
    assert text[token.begin : token.end] in (figure, figure[: token.end - token.begin])


@pytest.mark.parametrize(
    "text",
    [
        "Invoice from Acme to Hansen, payable by bank transfer.",
        "Es gibt eine Rechnung von einem Lieferanten, d. h. ein Dokument.",
        "Il y a une facture d’un fournisseur, c’est-à-dire un document à payer.",
        "n° l’avoir: naïve façade; (brackets) “quotes” – dash … and so on!",
        "Mo und Di sind so kurz, und eine Mixtur ist keine römische Zahl: mi, di, vivid.",
        "TERM, KTEST and a month in a tent.",
    ],
)
def test_words_are_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("No. RE-1, of 2 lines (EUR 5.00).", ["RE-1", "2", "(EUR 5.00)"]),
        ("1\u202f234,50\u00a0EUR à 20\u00a0%", ["1\u202f234,50", "EUR", "20", "%"]),
        ("“A 24”: 5; 6!", ["24", "5", "6"]),
        ("-EUR 5", ["-", "EUR", "5"]),
        ("DE89 3704 0044", ["DE89", "3704", "0044"]),
    ],
)
def test_connected_characters_are_one_figure(text: str, figures: list[str]) -> None:
    assert found(text) == figures


@given(st.text())
def test_tokens_are_in_order_apart_and_hold_every_number(text: str) -> None:
    spans = [(token.begin, token.end) for token in tokens(text, "en")]
    assert all(begin < end for begin, end in spans)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))
    covered = {place for begin, end in spans for place in range(begin, end)}
    assert all(place in covered for place, character in enumerate(text) if character.isnumeric())


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_no_phrase_of_the_templates_holds_a_figure(language: str) -> None:
    for literal in PHRASES[language].literals():
        outside_holes = "".join(piece.split("}")[-1] for piece in literal.split("{"))
        assert found(outside_holes, language) == []


def test_long_run_without_spaces_is_at_most_one_token() -> None:
    assert len(tokens("a." * 50_000 + "@", "en")) == 1
    assert tokens("-" * 100_000, "en") == ()


_LOCALES = st.sampled_from(
    sorted({*NUMBER_WORDS, *(region for each in NUMBER_WORDS for region in regions_of(each))})
)
_OF = frozenset({"de", "del"})  # between the parts of a Spanish date
_WORDS = st.lists(st.sampled_from(["the", "Betrag", "à", "payer", "–", "(", "“"]), max_size=4).map(
    " ".join
)


@given(
    _WORDS,
    _WORDS,
    _LOCALES,
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from(["EUR", "USD", "CHF"]),
)
def test_every_digit_sign_and_currency_of_an_amount_is_found(
    before: str, after: str, locale: str, value: Decimal, currency: str
) -> None:
    amount = locale_format.amount(value, currency, locale)
    text = f"{before} {amount} {after}"
    covered = {
        place
        for token in tokens(text, language_of(locale))
        for place in range(token.begin, token.end)
    }
    begin = len(before) + 1
    assert {
        text[place]
        for place in range(begin, begin + len(amount))
        if place not in covered and not text[place].isspace()
    } == set()


@given(_WORDS, _WORDS, _LOCALES, st.dates())
def test_every_date_is_found(before: str, after: str, locale: str, day: date) -> None:
    written = locale_format.long_date(day, locale)
    text = f"{before} {written} {after}"
    covered = {
        place
        for token in tokens(text, language_of(locale))
        for place in range(token.begin, token.end)
    }
    uncovered = "".join(
        " " if place in covered else character for place, character in enumerate(text)
    )
    begin = len(before) + 1
    words = re.findall(r"\w+", uncovered[begin : begin + len(written)])
    assert set(words) <= _OF


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "it",
            "due sette Otto tredici ventuno trentotto centoventi duecento tremila duemilacinquecento mezzo metà "
            "dozzina undicesimo ventesimo terzo decimo percento dollari lire marzo martedì GENNAIO",
        ),
        (
            "es",
            "dos siete once dieciséis veintidós treinta cien doscientos quinientas mil millones mitad tercio docena "
            "primero onceavo milésima dólares céntimos enero miércoles MARZO",
        ),
        (
            "nl",
            "twee zeven elf veertien eenentwintig drieëntwintig tweehonderdvijftig duizend miljoen half helft derde "
            "twintigste kwart dozijn gulden maart woensdag MEI",
        ),
    ],
)
def test_figures_in_words_are_found_in_texts_of_their_language(language: str, words: str) -> None:
    assert found(words, language) == words.split()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "uno sconto per una fattura non pagata secondo il contratto"),
        ("es", "una factura no pagada, el descuento y un pago"),
        ("nl", "een factuur van der Berg, te betalen aan en op de rekening"),
        ("en", "the amount due"),
        ("de", "Otto sei der Seite"),
    ],
)
def test_ordinary_words_of_a_language_are_no_figures(language: str, text: str) -> None:
    assert found(text, language) == []


@pytest.mark.parametrize("language", sorted(NUMBER_WORDS))
def test_long_word_of_repeated_parts_is_looked_at_at_once(language: str) -> None:
    for part in ("cento", "ein", "vent", "een", "tres", "cent", "unuo", "centotto", "tigen"):
        assert tokens(part * 2000 + "x", language) == ()
