"""Every rule is told in every language of the summaries, in words of our own, with what to do."""

import re

import pytest

from en16931.judgement import ALL_PACKS
from en16931.rules.cen import CEN
from en16931.xml_reading import Syntax
from invoice_reading.check.rules import CONTENT_PACKS, DOCUMENT_PACK
from invoice_summarizer.domain.rule_texts.own_rules import own_sentence
from invoice_summarizer.domain.rule_texts.rule_kinds import asked
from invoice_summarizer.domain.rule_texts.rule_text import field_name, rule_text
from invoice_summarizer.domain.rule_texts.sentences import CATEGORY_NAMES, SENTENCES, Kind
from invoice_summarizer.domain.rule_texts.term_names import LANGUAGES, term_name
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES

OFFICIAL = sorted(
    {rule.rule_id for pack in ALL_PACKS for rule in pack.terms}
    | {rule.rule_id for pack in ALL_PACKS for syntax in Syntax for rule in pack.rules(syntax)}
)
OWN = sorted(
    DOCUMENT_PACK.rule_ids.union(*[pack.rule_ids for pack in CONTENT_PACKS if pack.name != CEN])
)
# Told by their terms alone: of extensions, of vehicles, of payments by third parties.
BY_TERMS = re.compile(r"BR-DEX-|BR-DE-CVD-|BR-B-02")


def test_all_languages_of_summaries_are_there() -> None:
    assert set(LANGUAGES) == set(SUPPORTED_LANGUAGES) == SENTENCES.keys() == CATEGORY_NAMES.keys()
    assert all(SENTENCES[language].keys() == set(Kind) for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_has_a_sentence_and_a_remedy(language: str) -> None:
    for rule_id in (*OFFICIAL, *OWN):
        found = rule_text(rule_id, language)
        for sentence in (found.text, found.remedy):
            is_whole = sentence.endswith(".") and "{" not in sentence and "  " not in sentence
            assert is_whole, (rule_id, sentence)


def test_official_rule_is_told_by_what_it_asks() -> None:
    other = SENTENCES["de"][Kind.OTHER].text.partition("{")[0]
    loose = {rule for rule in OFFICIAL if rule_text(rule, "de").text.startswith(other)}
    assert {rule for rule in loose if not BY_TERMS.match(rule)} == set()


@pytest.mark.parametrize("rule_id", OWN)
def test_check_of_our_own_has_a_sentence_of_its_own(rule_id: str) -> None:
    texts = {own_sentence(rule_id, language) for language in LANGUAGES}
    assert None not in texts and len(texts) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_of_a_rule_have_names(language: str) -> None:
    kinds = [what for rule in OFFICIAL if (what := asked(rule)) is not None]
    terms = {term for what in kinds for term in re.findall(r"B[TG]-\d+", what.terms)}
    assert {term for term in terms if not term_name(term, language)} == set()


def test_sum_is_written_with_the_names_of_its_amounts() -> None:
    found = rule_text("BR-CO-15", "de").text
    assert "Gesamtbetrag mit Umsatzsteuer (BT-112) = Gesamtbetrag ohne Umsatzsteuer" in found


def test_verdict_on_the_document_as_written_has_the_text_of_its_rule() -> None:
    assert rule_text("BR-CO-15/XML", "de") == rule_text("BR-CO-15", "de")


def test_list_of_codes_is_named() -> None:
    assert "Einheit der Menge (BT-130): UN/ECE Rec. 20, 21" in rule_text("BR-CL-23", "de").text


def test_category_is_named() -> None:
    assert "autoliquidation (AE)" in rule_text("BR-AE-08", "fr").text


def test_unknown_rule_is_told_by_the_fields_that_it_speaks_of() -> None:
    found = rule_text("NEW-01", "nl", ("seller.name", "lines[3].item.name", "extras.something"))
    assert "naam van de verkoper (BT-27); naam van een artikel (BT-153)" in found.text
    assert "NEW-01" in rule_text("NEW-01", "nl").text


def test_field_has_the_name_of_its_term() -> None:
    assert field_name("lines[12].net_amount", "en") == "net amount of a line (BT-131)"
    assert field_name("extras.cash_discounts[0].days", "en") is None
