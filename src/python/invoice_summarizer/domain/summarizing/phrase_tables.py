"""The tables of phrases by language."""

from collections.abc import Mapping

from invoice_summarizer.domain.summarizing.phrases import Phrases
from invoice_summarizer.domain.summarizing.phrases_de import GERMAN
from invoice_summarizer.domain.summarizing.phrases_en import ENGLISH
from invoice_summarizer.domain.summarizing.phrases_fr import FRENCH

PHRASES: Mapping[str, Phrases] = {"de": GERMAN, "en": ENGLISH, "fr": FRENCH}
