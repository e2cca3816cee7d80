"""Finds everything in a text that states a figure, so that none can stand there unbound.

A token is more rather than less: what merely looks like a figure is one too, since a text that is refused without
need is replaced by another, and a figure that slips through is a lie. Spans are in Unicode code points.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from invoice_reading.currency_codes import known_currencies
from invoice_summarizer.domain.summarizing import locale_format
from invoice_summarizer.domain.summarizing.number_words import is_number_word


class TokenKind(StrEnum):
    FIGURE = "FIGURE"  # numeral, amount, date, identifier, IBAN: anything with a digit, as far as it is connected
    SYMBOL = "SYMBOL"  # currency, percent and arithmetic signs
    WORD = "WORD"  # number word, currency word or code, month or weekday
    ADDRESS = "ADDRESS"  # URL, host name or e-mail address
    FOREIGN = "FOREIGN"  # letters that can be taken for others: full-width, Cyrillic, Greek, combining marks


@dataclass(frozen=True, slots=True)
class FigureToken:
    begin: int
    end: int
    kind: TokenKind


_DIGIT = "0"
_FOREIGN = "\u0416"
_CURRENCY = "$"
_MOST_REMEMBERED = 5000  # characters; texts of hostile documents may hold any
_LOOKALIKES = {
    "\u066a": "%",
    "\u066b": ".",
    "\u066c": ",",
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u2044": "/",
    "\u2215": "/",
    "\u2030": "%",
    "\u2031": "%",
}

# On the shadow of the text every digit is 0. Brackets, quotation marks and sentence marks end a connected figure.
_RUN = re.compile(r"""[^\s()\[\]{}"«»“”„‹›;!?…|]+""")
_GROUPED_BY_SPACE = re.compile(r"(?<!0)0{1,3}(?:[ ]0{3})+(?:[.,]0+)?(?!0)")
_ACCOUNTING_NEGATIVE = re.compile(r"\([ ]?(?:[A-Z]{3}[ ]?|\$[ ]?)?0[0., ']*(?:[A-Z]{3}|\$)?[ ]?\)")
_SYMBOLS = re.compile(r"[$%+=<>~^×÷±≈≤≥#]|(?<!\w)-(?=[ ]?(?:[A-Z]{3}[ ]?|\$[ ]?)?0)|\N{MINUS SIGN}")
_HOST_NAME = re.compile(r"(?<![\w.])(?:[\w-]{1,63}\.)+[A-Za-z]{2,}(?!\w)")
_FOREIGN_RUN = re.compile(f"{_FOREIGN}+")
_WORDS = re.compile(r"[^\W\d_]+")


def tokens(text: str, language: str) -> tuple[FigureToken, ...]:
    """Returns every token of a text in that language, in order; tokens that touch the same characters are one."""
    shadow = text.translate(_SHADOW)
    found = sorted(
        (
            *_figures(shadow),
            *_matches(_SYMBOLS, shadow, TokenKind.SYMBOL),
            *_matches(_FOREIGN_RUN, shadow, TokenKind.FOREIGN),
            *(
                FigureToken(match.start(), match.end(), TokenKind.WORD)
                for match in _WORDS.finditer(shadow)
                if _is_telling_word(match[0], language)
            ),
        ),
        key=lambda token: (token.begin, -token.end),
    )
    return tuple(_merged(found))


def _figures(shadow: str) -> Iterator[FigureToken]:
    for match in _RUN.finditer(shadow):
        run = match[0]
        begin = match.start() + len(run) - len(run.lstrip(":'"))
        end = match.end() - len(run) + len(run.rstrip(".,:'"))
        if _DIGIT in run:
            yield FigureToken(begin, end, TokenKind.FIGURE)
        elif "@" in run or "://" in run or ("." in run and _HOST_NAME.search(run)):
            yield FigureToken(begin, end, TokenKind.ADDRESS)
    yield from _matches(_GROUPED_BY_SPACE, shadow, TokenKind.FIGURE)
    yield from _matches(_ACCOUNTING_NEGATIVE, shadow, TokenKind.FIGURE)


def _matches(pattern: re.Pattern[str], shadow: str, kind: TokenKind) -> Iterator[FigureToken]:
    return (FigureToken(match.start(), match.end(), kind) for match in pattern.finditer(shadow))


@lru_cache(maxsize=4096)
def _is_telling_word(word: str, language: str) -> bool:
    return (
        word in known_currencies()
        or word in locale_format.calendar_words(language)
        or is_number_word(word, language)
    )


def _merged(found: list[FigureToken]) -> Iterator[FigureToken]:
    current: FigureToken | None = None
    for token in found:
        if current is None:
            current = token
        elif token.begin < current.end:
            current = FigureToken(current.begin, max(current.end, token.end), current.kind)
        else:
            yield current
            current = token
    if current is not None:
        yield current


class _Shadow(dict[int, str]):
    """Maps each code point to the one character that stands for what it looks like."""

    def __missing__(self, code_point: int) -> str:
        looks_like = _looks_like(chr(code_point))
        if len(self) < _MOST_REMEMBERED:
            self[code_point] = looks_like
        return looks_like


def _looks_like(character: str) -> str:
    compatible = unicodedata.normalize("NFKC", character)
    if unicodedata.numeric(character, None) is not None or any(c.isnumeric() for c in compatible):
        return _DIGIT
    if character.isascii():
        return character
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Pd" or character in "\u2043\u02d7":
        return "-"
    if category == "Sc" or any(unicodedata.category(c) == "Sc" for c in compatible):
        return _CURRENCY
    if category[0] in "LM":
        return character if _is_plain_latin(character) else _FOREIGN
    if compatible.isascii() and len(compatible) == 1:
        return compatible
    return _FOREIGN if any(c.isalpha() for c in compatible) else character


def _is_plain_latin(character: str) -> bool:
    """Says whether it is a letter of a European alphabet that cannot be taken for another one's."""
    ordinary = character <= "\u017f" or character in "ȘșȚțẞ"
    return ordinary and unicodedata.normalize("NFKC", character) == character


_SHADOW = _Shadow()
