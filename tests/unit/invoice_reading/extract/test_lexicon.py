"""The tables of phrases: every meaning in every language that is read in full, and no phrase with two meanings."""

from collections.abc import Iterator
from itertools import chain
from typing import TypeVar

import pytest

from en16931.model import DocumentKind
from invoice_reading.extract.lexicon import (
    TITLE_CODES,
    TITLE_KINDS,
    CaptionWord,
    Column,
    Label,
    Title,
    phrase_table,
)
from invoice_reading.extract.tokens import tokens

Meanings = type[Label] | type[CaptionWord] | type[Column] | type[Title]
M = TypeVar("M", Label, CaptionWord, Column, Title)

FULL_LANGUAGES = frozenset({"en", "de", "fr", "nl", "es", "it", "pt", "pl"})
TABLES: list[tuple[str, Meanings]] = [
    ("labels", Label),
    ("captions", CaptionWord),
    ("columns", Column),
    ("titles", Title),
]
# What stands beside labels of one kind is told apart by the label alone. Over kinds it is not: "from" is before a
# seller and before a date.
KINDS_OF_LABELS = {
    "dates": {Label.ISSUE_DATE, Label.ANY_DATE, Label.DUE_DATE, Label.OTHER_DATE},
    "identifiers": {
        Label.INVOICE_NUMBER,
        Label.DOCUMENT_NUMBER,
        Label.PRECEDING_INVOICE,
        Label.OWN_REFERENCE,
        Label.ANY_REFERENCE,
        Label.PURCHASE_ORDER,
        Label.BUYER_REFERENCE,
        Label.OTHER_REFERENCE,
    },
    "parties": {Label.SELLER, Label.BUYER, Label.OTHER_PARTY, Label.RECIPIENT},
    "VAT identifiers": {Label.VAT_IDENTIFIER, Label.BUYER_VAT_IDENTIFIER},
    "payment": {Label.IBAN, Label.BIC, Label.CURRENCY},
}


def phrases(name: str, meanings: type[M]) -> Iterator[tuple[M, str, str]]:
    """Each phrase of a table with its meaning and its language."""
    for meaning, by_language in phrase_table(name, meanings).items():
        for language, listed in by_language.items():
            for phrase in listed:
                yield meaning, language, phrase


def with_two_meanings(listed: Iterator[tuple[M, str, str]]) -> list[str]:
    first: dict[tuple[str, str], M] = {}
    return [
        f"{phrase} ({language}): {first[language, phrase]} and {meaning}"
        for meaning, language, phrase in listed
        if first.setdefault((language, phrase), meaning) is not meaning
    ]


@pytest.mark.parametrize(("name", "meanings"), TABLES)
def test_every_meaning_has_phrases_in_every_language_that_is_read_in_full(
    name: str, meanings: type[M]
) -> None:
    table = phrase_table(name, meanings)
    assert set(table) == set(meanings)
    assert all(set(by_language) >= FULL_LANGUAGES for by_language in table.values())


@pytest.mark.parametrize(("name", "meanings"), TABLES)
def test_phrases_are_written_as_they_are_compared_and_once(name: str, meanings: type[M]) -> None:
    seen = set()
    for meaning, language, phrase in phrases(name, meanings):
        assert phrase == " ".join(token.text for token in tokens(phrase)) != ""
        assert (meaning, language, phrase) not in seen
        seen.add((meaning, language, phrase))


@pytest.mark.parametrize(("name", "meanings"), TABLES[1:])
def test_no_phrase_has_two_meanings_in_one_language(name: str, meanings: type[M]) -> None:
    assert with_two_meanings(phrases(name, meanings)) == []


@pytest.mark.parametrize("kind", KINDS_OF_LABELS)
def test_no_label_has_two_meanings_of_one_kind_in_one_language(kind: str) -> None:
    of_kind = (each for each in phrases("labels", Label) if each[0] in KINDS_OF_LABELS[kind])
    assert with_two_meanings(of_kind) == []


def test_every_label_is_of_one_kind() -> None:
    assert sorted(chain.from_iterable(KINDS_OF_LABELS.values())) == sorted(Label)


def test_every_title_has_a_kind_and_those_of_invoices_a_code_of_their_own() -> None:
    assert set(TITLE_KINDS) == set(Title)
    assert len(set(TITLE_CODES.values())) == len(TITLE_CODES)
    no_invoices = {DocumentKind.REMINDER, DocumentKind.STATEMENT, DocumentKind.RECEIPT}
    assert {title for title in Title if title not in TITLE_CODES} == {
        title for title, kind in TITLE_KINDS.items() if kind in no_invoices
    }


def test_section_that_is_no_meaning_is_an_error() -> None:
    with pytest.raises(ValueError, match="INVOICE_NUMBER"):
        phrase_table("labels", Title)
