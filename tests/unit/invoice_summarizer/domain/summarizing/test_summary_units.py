"""The unit of a quantity is said in words that belong to its code, in the number that the language asks for."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.invoice_summarizer.domain.summarizing.bound_invoices import LANGUAGES, ordinary

from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.printable import printable
from invoice_summarizer.domain.summarizing.refusal import RefusalCode
from invoice_summarizer.domain.summarizing.rendering import rendering, renderings
from invoice_summarizer.domain.summarizing.segments import Segment, Slot, Text, bind
from invoice_summarizer.domain.summarizing.units import (
    UNIT_SIGNS,
    UNIT_WORDS,
    can_be_named,
    unit_name,
)
from invoice_summarizer.domain.summary import Style

_PATH = "lines[0].invoiced_quantity"


@pytest.mark.parametrize("language", sorted(UNIT_WORDS))
def test_every_language_has_words_for_the_same_codes(language: str) -> None:
    words = UNIT_WORDS[language]
    assert set(words) == set(UNIT_WORDS["en"])
    assert set(words).isdisjoint(UNIT_SIGNS)
    assert all(printable(word) == word for pair in words.values() for word in pair)


def test_languages_of_summaries_have_words_for_units() -> None:
    assert set(LANGUAGES) <= set(UNIT_WORDS)


@pytest.mark.parametrize(
    ("quantity", "code", "language", "said"),
    [
        ("1", "HUR", "en", "1 hour"),
        ("1.000", "HUR", "en", "1 hour"),
        ("0", "HUR", "en", "0 hours"),
        ("-1", "DAY", "en", "-1 day"),
        ("1.5", "HUR", "en-GB", "1.5 hours"),
        ("1", "DAY", "de", "1 Tag"),
        ("3", "DAY", "de-AT", "3 Tage"),
        ("3", "H87", "de", "3 Stück"),
        ("1.5", "HUR", "fr", "1,5 heure"),
        ("0", "HUR", "fr", "0 heure"),
        ("2", "HUR", "fr-CH", "2 heures"),
        ("1000000", "H87", "fr", "1 000 000 pièces"),
        ("12.50", "KGM", "fr", "12,5 kg"),
        ("3", "P1", "de", "3 %"),
        ("3", "B32", "de", "3"),
        ("3", "EUR", "de", "3"),
        ("3", "not paid", "de", "3"),
        ("3", "3", "de", "3"),
        ("3", "", "de", "3"),
    ],
)
def test_quantity_is_said_with_its_unit(quantity: str, code: str, language: str, said: str) -> None:
    printed = rendering(Decimal(quantity), _PATH, language, code)
    assert printed is not None
    assert printed.replace("\u00a0", " ").replace("\u202f", " ") == said


@given(st.text(max_size=4) | st.sampled_from(sorted({*UNIT_SIGNS, *UNIT_WORDS["en"], "EUR"})))
def test_code_has_a_name_in_every_language_or_in_none(code: str) -> None:
    names = [unit_name(code, Decimal(2), language) for language in UNIT_WORDS]
    assert all(names) == any(names) == can_be_named(code)


def test_word_of_another_unit_is_not_accepted() -> None:
    accepted = renderings(Decimal("8.5"), _PATH, "en", "HUR")
    assert accepted == {"8.5\u00a0hours", "8.5 hours"}


@pytest.mark.parametrize("word", ["days", "hour", "Stunden", "h"])
def test_gate_refuses_another_word_for_the_unit(word: str) -> None:
    invoice = ordinary()
    segments: list[Segment] = [Text("amount "), Slot(_PATH)]
    bound = bind(segments, invoice.content, invoice.annotations, "en")
    text = bound.text.replace("hours", word)
    [claim] = bound.claims
    changed = replace(bound, text=text, claims=(replace(claim, end=len(text)),))
    codes = {
        refusal.code for refusal in verify_summary(changed, invoice, "en", Style.FULL).refusals
    }
    assert RefusalCode.VALUE_MISMATCH in codes


def test_unit_that_is_not_the_lines_is_not_accepted_by_the_gate() -> None:
    invoice = ordinary()
    bound = bind([Text("amount "), Slot(_PATH)], invoice.content, invoice.annotations, "en")
    line = msgspec.structs.replace(invoice.content.lines[0], quantity_unit_code="DAY")
    content = msgspec.structs.replace(invoice.content, lines=(line, *invoice.content.lines[1:]))
    refusals = verify_summary(bound, replace(invoice, content=content), "en", Style.FULL).refusals
    assert RefusalCode.VALUE_MISMATCH in {refusal.code for refusal in refusals}
