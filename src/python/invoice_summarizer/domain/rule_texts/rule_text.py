"""What a rule asks and what to do where it is not kept, in a language of the summaries."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from en16931.business_terms import business_terms
from en16931.judgement import ALL_PACKS
from en16931.rule_texts import rule_text as english_text
from invoice_reading.check.as_written import rule_behind
from invoice_summarizer.domain.rule_texts.own_rules import own_sentence
from invoice_summarizer.domain.rule_texts.rule_kinds import asked
from invoice_summarizer.domain.rule_texts.sentences import CATEGORY_NAMES, SENTENCES, Kind
from invoice_summarizer.domain.rule_texts.term_names import term_name

_TERM = re.compile(r"B[TG]-\d+")
_INDEX = re.compile(r"\[\d+\]")
_ENGLISH = "en"
# How the tables of elements say it (`ubl/structure.py`).
_ONCE = re.compile(r"(\S+(?:\[[^\]]*\]\S*)?) stands at most once in (\S+)\.")


@dataclass(frozen=True, slots=True)
class RuleText:
    """`text` says what must hold, `remedy` what to change where it does not."""

    text: str
    remedy: str


def rule_text(rule_id: str, language: str, field_paths: Iterable[str] = ()) -> RuleText:
    """Returns the text of the rule in a supported language, which every rule has.

    A rule without one of its own is told by the terms that it is about: those of the pack, else those of the fields.
    In English it has the sentence of the pack.
    """
    rule_id = rule_behind(rule_id)
    own = own_sentence(rule_id, language)
    if own is not None:
        return RuleText(own.text, own.remedy)
    what = asked(rule_id)
    once = _ONCE.fullmatch(english_text(rule_id) or "")
    if once is not None:
        sentence = SENTENCES[language][Kind.ONCE]
        return RuleText(sentence.text.format(terms=f"{once[1]} ({once[2]})"), sentence.remedy)
    terms = (
        what.terms if what is not None and what.terms else " ".join(_terms(rule_id, field_paths))
    )
    kind = what.kind if what is not None else Kind.OTHER
    sentence = SENTENCES[language][kind]
    named = _named(terms, language, is_equation=kind is Kind.EQUAL) or rule_id
    if what is not None and what.codes:
        named = f"{named}: {what.codes}"
    category = CATEGORY_NAMES[language].get(what.family, "") if what is not None else ""
    text = sentence.text.format(terms=named, category=category)
    told = (
        english_text(rule_id)
        if language == _ENGLISH and kind in (Kind.OTHER, Kind.STRUCTURE)
        else None
    )
    return RuleText(told or text, sentence.remedy)


def field_name(path: str, language: str) -> str | None:
    """Returns what the field of the path is called, with its business term; None of one that has no name."""
    term = business_terms().get(_INDEX.sub("[*]", path))
    name = term_name(term, language) if term is not None else None
    return f"{name} ({term})" if name is not None else None


def _named(terms: str, language: str, *, is_equation: bool) -> str:
    if is_equation:
        return _TERM.sub(lambda match: _name(match[0], language), terms)
    return "; ".join(_name(term, language) for term in dict.fromkeys(terms.split()))


def _name(term: str, language: str) -> str:
    name = term_name(term, language)
    return f"{name} ({term})" if name is not None else term


def _terms(rule_id: str, field_paths: Iterable[str]) -> list[str]:
    of_rule = [term for term in _terms_of_rules().get(rule_id, ()) if _TERM.fullmatch(term)]
    of_fields = (business_terms().get(_INDEX.sub("[*]", path)) for path in field_paths)
    return of_rule or [term for term in of_fields if term is not None]


@cache
def _terms_of_rules() -> Mapping[str, tuple[str, ...]]:
    return {rule.rule_id: rule.terms for pack in ALL_PACKS for rule in pack.terms}
