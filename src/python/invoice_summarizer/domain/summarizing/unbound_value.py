"""Finds values of the document that stand in a text as if they were the writer's own words."""

import re
from collections.abc import Iterator, Sequence

from en16931.field_path import leaves
from en16931.model import InvoiceContent
from invoice_summarizer.domain.summarizing.phrase_tables import vocabulary
from invoice_summarizer.domain.summary import Claim

_WORD = re.compile(r"\w+")
_FEWEST_LETTERS = 3  # shorter values are found in every sentence
_NO_FREE_TEXT = ("_code", "scheme_id", "scheme_version", "kind", "sign_convention")


def unbound_values(
    text: str, claims: Sequence[Claim], content: InvoiceContent, language: str
) -> Iterator[tuple[int, int]]:
    """Yields the span of every free text of the content, whole and by words, outside the claims.

    Words are compared without case. A value that is made of nothing but words of the templates is no find: a seller
    named "Total" cannot forbid the word. The claims are in order and do not overlap.
    """
    words = list(_literal_words(text, claims))
    ordinary = vocabulary(language)
    said = {word for word, _, _ in words}
    if said <= ordinary:
        return
    for path, value in leaves(content):
        if not isinstance(value, str) or path.endswith(_NO_FREE_TEXT):
            continue
        wanted = _WORD.findall(value.casefold())
        if sum(map(len, wanted)) < _FEWEST_LETTERS or not said.issuperset(wanted):
            continue
        if not ordinary.issuperset(wanted):
            yield from _places(wanted, words)


def _literal_words(text: str, claims: Sequence[Claim]) -> Iterator[tuple[str, int, int]]:
    begin = 0
    for end, after in (*((claim.begin, claim.end) for claim in claims), (len(text), len(text))):
        for match in _WORD.finditer(text, begin, end):
            yield match[0].casefold(), match.start(), match.end()
        begin = after


def _places(
    wanted: Sequence[str], words: Sequence[tuple[str, int, int]]
) -> Iterator[tuple[int, int]]:
    length = len(wanted)
    for first in range(len(words) - length + 1):
        if all(words[first + offset][0] == wanted[offset] for offset in range(length)):
            yield words[first][1], words[first + length - 1][2]
