"""What the whole document tells of how its parts are to be read: language, decimal mark, order of day and month."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.dates import DayOrder, proven_order
from invoice_reading.extract.lexicon import Word
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark, decimal_mark
from invoice_reading.extract.phrases import (
    caption_phrases,
    title_phrases,
    words_by_language,
)
from invoice_reading.extract.tokens import fold

_EVIDENCE_WORDS = 8
_LEAD = 1.2  # how many times the votes of the next language the first must have
_DAY_FIRST_LANGUAGES = frozenset({"de", "fr", "nl", "es", "it", "pt", "pl"})
_COMMA_LANGUAGES = _DAY_FIRST_LANGUAGES
# The ZIP code ends its column: "DE 80333 München" is no address in Delaware.
_STATE_AND_ZIP = re.compile(
    r"[A-Za-z.]{2,},? (?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    r"|T[NX]|UT|V[AT]|W[AIVY]),? \d{5}(?:-\d{4})?(?=\t|$)"
)
# What tells of a country that writes in English and the day first.
_DAY_FIRST_COUNTRY = re.compile(
    r"£|\bGB ?\d{9}\b|\bGBP\b|\bSDN\.?\s?BHD\b|\bMalaysia\b|\bSingapore\b|\bPTE\.?\s?LTD\b|\bPTY\.?\s?LTD\b"
    r"|\bRM ?\d+[.,]\d\d\b|\(RM\)|(?:^|\t)RM(?=\t|$)"
)


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """`language` is None where no language clearly leads; `order` and `mark` are None where nothing decides them."""

    language: str | None
    language_words: tuple[PageRegion, ...]
    mark: DecimalMark | None
    order: DayOrder | None
    in_united_states: bool


# Of a document that tells nothing: no words, or an e-invoice, which leaves nothing to habit.
NO_CONTEXT = ReadingContext(None, (), None, None, False)


def reading_context(all_rows: Sequence[MarkedRow]) -> ReadingContext:
    """Returns how the document is to be read; facts that the document proves go before habits of its language."""
    language, words = _language(all_rows)
    mark = decimal_mark(number for row in all_rows for number in row.numbers)
    if mark is None and language is not None:
        mark = DecimalMark.COMMA if language in _COMMA_LANGUAGES else DecimalMark.POINT
    american = any(_STATE_AND_ZIP.search(row.row.text) for row in all_rows)
    order = proven_order(found for row in all_rows for found in row.dates)
    if order is None and not _contradictory(all_rows):
        order = _habit(all_rows, language, american)
    return ReadingContext(language, words, mark, order, american)


def spoken_language(words: Iterable[str]) -> str | None:
    """Returns the language that most of the words belong to; None where no language leads."""
    votes = Counter(language for word in words for language in _speakers().get(fold(word), ()))
    return _leader(votes)


def _language(all_rows: Sequence[MarkedRow]) -> tuple[str | None, tuple[PageRegion, ...]]:
    """Returns the language, and as its evidence words that only this language has; without such words none."""
    votes: Counter[str] = Counter()
    places: dict[str, list[PageRegion]] = {
        language: [] for language in words_by_language(Word.FUNCTION)
    }
    speakers = _speakers()
    for row in all_rows:
        for token in row.tokens:
            languages = speakers.get(token.text, ())
            votes.update(languages)
            if len(languages) == 1 and len(places[languages[0]]) < _EVIDENCE_WORDS:
                places[languages[0]].append(row.row.region(token.begin, token.end))
        for languages in _phrase_languages(row):
            if len(languages) == 1 and languages[0] in places:
                votes[languages[0]] += 2
    leader = _leader(votes)
    return (leader, tuple(places[leader])) if leader and places[leader] else (None, ())


def _leader(votes: Counter[str]) -> str | None:
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[1][1] * _LEAD > ranked[0][1]):
        return None
    return ranked[0][0]


@cache
def _speakers() -> dict[str, tuple[str, ...]]:
    """Returns the languages of each function word."""
    by_language = words_by_language(Word.FUNCTION)
    return {
        word: tuple(language for language, words in by_language.items() if word in words)
        for word in frozenset().union(*by_language.values())
    }


def _phrase_languages(row: MarkedRow) -> list[tuple[str, ...]]:
    text, of = row.row.text, row.tokens
    found = [phrase.languages for phrase in row.labels]
    found += [phrase.languages for phrase in caption_phrases().search(text, of)]
    found += [phrase.languages for phrase in title_phrases().search(text, of)]
    return found


def _contradictory(all_rows: Sequence[MarkedRow]) -> bool:
    decided = [
        date_text
        for row in all_rows
        for date_text in row.dates
        if (date_text.day_first is None) != (date_text.month_first is None)
    ]
    return bool(decided)


def _habit(all_rows: Sequence[MarkedRow], language: str | None, american: bool) -> DayOrder | None:
    """English alone decides nothing: the United States and the rest of the world write 03/07 for different days."""
    if language in _DAY_FIRST_LANGUAGES:
        return DayOrder.DAY_FIRST
    day_first = any(_DAY_FIRST_COUNTRY.search(row.row.text) for row in all_rows)
    if american != day_first:
        return DayOrder.MONTH_FIRST if american else DayOrder.DAY_FIRST
    return None
