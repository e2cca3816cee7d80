"""Tokens: the letters, digits and signs of a row in the folded form in which labels are compared."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"(?![ºª])[^\W\d_]+|\d+|[#%№]")  # "N.º" is "N.", as "N.°" is

_STROKED = str.maketrans("łøđ", "lod")  # letters whose stroke is no accent to Unicode


@dataclass(frozen=True, slots=True)
class Token:
    """Folded text of the characters [begin, end)."""

    text: str
    begin: int
    end: int


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Returns the text without case, accents and ligatures: "Échéance" and "ECHEANCE" are one, and so are "№" and "No"."""
    if text.isascii():
        return text.lower()
    # Signs that stand for several letters ("№", "™") come apart first: their letters have case.
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain.translate(_STROKED)


def tokens(text: str) -> tuple[Token, ...]:
    """Returns the tokens of the text in order; spaced-out headings ("I N V O I C E") count as one word."""
    found: list[Token] = []
    spaced: list[Token] = []
    for match in _TOKEN.finditer(text):
        token = Token(fold(match[0]), match.start(), match.end())
        if len(match[0]) == 1 and match[0].isalpha() and _follows(spaced, token, text):
            spaced.append(token)
            continue
        found += _joined(spaced)
        spaced = [token] if len(match[0]) == 1 and match[0].isalpha() else []
        if not spaced:
            found.append(token)
    return (*found, *_joined(spaced))


def _follows(spaced: list[Token], token: Token, text: str) -> bool:
    """Returns whether one space alone stands between the last of the letters and the token."""
    between = text[spaced[-1].end : token.begin] if spaced else ""
    return len(between) == 1 and between.isspace()


def _joined(spaced: list[Token]) -> list[Token]:
    if len(spaced) < 5:
        return spaced
    return [Token("".join(token.text for token in spaced), spaced[0].begin, spaced[-1].end)]
