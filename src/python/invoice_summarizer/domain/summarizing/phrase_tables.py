"""The tables of phrases by language, and the small words that occur in them."""

import re
from collections.abc import Mapping
from functools import cache

from invoice_summarizer.domain.summarizing.phrases import Phrases
from invoice_summarizer.domain.summarizing.phrases_de import GERMAN
from invoice_summarizer.domain.summarizing.phrases_en import ENGLISH
from invoice_summarizer.domain.summarizing.phrases_es import SPANISH
from invoice_summarizer.domain.summarizing.phrases_fr import FRENCH
from invoice_summarizer.domain.summarizing.phrases_it import ITALIAN
from invoice_summarizer.domain.summarizing.phrases_nl import DUTCH

PHRASES: Mapping[str, Phrases] = {
    "de": GERMAN,
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "it": ITALIAN,
    "nl": DUTCH,
}

_HOLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_](?:[’']?[^\W\d_])*")


def words(text: str) -> list[str]:
    """Returns the words of letters; one with an apostrophe is one."""
    return _WORD.findall(text)


@cache
def small_words(language: str) -> frozenset[str]:
    """Returns the words of the table that are written small: `from`, `not`, `due`."""
    literals = (_HOLE.sub(" ", literal) for literal in PHRASES[language].literals())
    return frozenset(word for literal in literals for word in words(literal) if word.islower())
