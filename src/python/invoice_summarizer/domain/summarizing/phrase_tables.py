"""The tables of phrases by language, and the words that occur in them."""

import re
from collections.abc import Mapping
from functools import cache

from invoice_summarizer.domain.summarizing.phrases import Phrases
from invoice_summarizer.domain.summarizing.phrases_de import GERMAN
from invoice_summarizer.domain.summarizing.phrases_en import ENGLISH
from invoice_summarizer.domain.summarizing.phrases_fr import FRENCH

PHRASES: Mapping[str, Phrases] = {"de": GERMAN, "en": ENGLISH, "fr": FRENCH}

_HOLE = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"\w+")


@cache
def vocabulary(language: str) -> frozenset[str]:
    """Returns the words, case folded, of which the templates of the language are made."""
    return frozenset(
        word
        for literal in PHRASES[language].literals()
        for word in _WORD.findall(_HOLE.sub(" ", literal).casefold())
    )
