"""The sentences of a language's table as regular expressions over a shadow, on which every claim is one character.

The character says what the claim speaks of and how it must be set.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache

from invoice_summarizer.domain.summarizing.holes import roles_of_hole
from invoice_summarizer.domain.summarizing.pattern import expression, holes
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.phrases import BULLET, Alternatives, Phrases
from invoice_summarizer.domain.summarizing.statements import possible_statements


class SentenceKind(StrEnum):
    UNLISTED = "UNLISTED"
    MISPLACED = "MISPLACED"  # the words are listed, but a claim in them is none of theirs
    STATEMENT = "STATEMENT"  # without a claim
    SENTENCE = "SENTENCE"
    ALL_LINES = "ALL_LINES"
    LARGEST_LINES = "LARGEST_LINES"


class Appearance(IntEnum):
    """How a claim may be set."""

    FIGURE = 0  # never quoted
    WORDS = 1  # quoted or not
    WORDS_WITH_STOP = 2  # the same; unquoted, it ends its sentence itself, as "Acme Inc." does
    QUOTED = 3  # quoted only, since it could be read as words of ours
    UNSAYABLE = 4  # not at all


@dataclass(frozen=True, slots=True)
class WordingTable:
    numbers: Mapping[str, int]  # by role
    listed: re.Pattern[str]  # its groups are names of SentenceKind
    listed_for_any_claim: re.Pattern[str]
    statements: Mapping[str, str]  # as in the table, by what they are with plain spaces

    def next(self, shadow: str, begin: int) -> tuple[SentenceKind, int]:
        """Returns what stands at the place, and where it ends."""
        listed = self.listed.match(shadow, begin)
        if listed is not None:
            return SentenceKind(str(listed.lastgroup)), listed.end()
        misplaced = self.listed_for_any_claim.match(shadow, begin)
        if misplaced is not None:
            return SentenceKind.MISPLACED, misplaced.end()
        end = next(match.start() for match in _SENTENCE_END.finditer(shadow, begin + 1))
        is_statement = shadow[begin:end] in self.statements
        return SentenceKind.STATEMENT if is_statement else SentenceKind.UNLISTED, end

    def character(self, role: str | None, appearance: Appearance) -> str:
        """Returns the character of a claim on the shadow."""
        number = None if role is None else self.numbers.get(role)
        if number is None or appearance is Appearance.UNSAYABLE:
            return _MISPLACED
        return _character(number, appearance)


SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
_SENTENCE_END = re.compile(r"(?<=[.:!?])(?=[ \n])|(?=\n)|\Z")
_FIRST_CHARACTER = 0xE000  # of the private use area, of which the gate lets nothing into a text
_MISPLACED = "\uf8ff"
_ANY_CLAIM = "[\ue000-\uf8ff]"


@cache
def wording_table(language: str) -> WordingTable:
    """Returns the table of a supported language."""
    phrases = PHRASES[language]
    lists = (*phrases.one_line, *phrases.many_lines, *phrases.largest_lines)
    patterns = (*phrases.sentences(), *phrases.line, *lists)
    roles = {
        role for pattern in patterns for hole in holes(pattern) for role in roles_of_hole(hole)
    }
    numbers = {role: number for number, role in enumerate(sorted(roles))}
    opening, closing = (re.escape(mark.translate(SPACES)) for mark in phrases.quotes)

    def own_claim(hole: str) -> str:
        of_hole = [numbers[role] for role in roles_of_hole(hole)]
        words = _class(of_hole, Appearance.WORDS, Appearance.WORDS_WITH_STOP)
        figure, quoted = _class(of_hole, Appearance.FIGURE), _class(of_hole, Appearance.QUOTED)
        return f"(?:[{figure}{words}]|{opening}[{words}{quoted}]{closing})"

    def any_claim(_hole: str) -> str:
        return f"(?:{_ANY_CLAIM}|{opening}{_ANY_CLAIM}{closing})"

    stops = _class(numbers.values(), Appearance.WORDS_WITH_STOP)
    stop = rf"(?:(?<=[{stops}])|(?<![{stops}])\.)"
    return WordingTable(
        numbers,
        listed=_listed(phrases, own_claim, stop),
        listed_for_any_claim=_listed(phrases, any_claim, stop=r"\.?"),
        statements={text.translate(SPACES): text for text in possible_statements(phrases)},
    )


def _listed(phrases: Phrases, hole: Callable[[str], str], stop: str) -> re.Pattern[str]:
    """Returns an expression for any sentence with a claim; `stop` is that of a stop after a claim."""

    def literal(words: str) -> str:
        plain = re.escape(words.translate(SPACES))
        return stop + plain.removeprefix(r"\.") if words.startswith(".") else plain

    def one_of(alternatives: Alternatives) -> str:
        return "|".join(expression(pattern, hole, literal) for pattern in alternatives)

    items = f"(?:{re.escape(BULLET)}(?:{one_of(phrases.line)}))+"
    all_lines = one_of((*phrases.one_line, *phrases.many_lines))
    return re.compile(
        f"(?:(?P<SENTENCE>{one_of(phrases.sentences())})"
        f"|(?P<ALL_LINES>(?:{all_lines}){items})"
        f"|(?P<LARGEST_LINES>(?:{one_of(phrases.largest_lines)}){items}))"
        r"(?=[ \n]|\Z)"
    )


def _class(numbers: Iterable[int], *appearances: Appearance) -> str:
    return "".join(_character(number, one) for number in numbers for one in appearances)


def _character(number: int, appearance: Appearance) -> str:
    return chr(_FIRST_CHARACTER + len(Appearance) * number + appearance)
