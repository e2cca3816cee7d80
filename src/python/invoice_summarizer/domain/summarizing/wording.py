"""Reads a text as a row of sentences of its language's table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from invoice_summarizer.domain.summarizing.claim_role import Role
from invoice_summarizer.domain.summarizing.phrases import BULLET
from invoice_summarizer.domain.summarizing.wording_table import (
    SPACES,
    Appearance,
    SentenceKind,
    WordingTable,
    wording_table,
)


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    begin: int
    end: int
    role: Role | None  # None where no sentence has a place for it
    appearance: Appearance


@dataclass(frozen=True, slots=True)
class Sentence:
    """What stands between two places of the text."""

    begin: int
    end: int
    kind: SentenceKind
    statement: str = ""  # as the table has it
    clauses: tuple[
        tuple[Role, ...], ...
    ] = ()  # the claims; of a list, those of each item by itself


def sentences(text: str, claims: Sequence[PlacedClaim], language: str) -> Iterator[Sentence]:
    """Yields what the text is made of, in order; only single spaces and line feeds are left out."""
    table = wording_table(language)
    shadow, places, roles = _shadow(text, claims, table)
    begin = 0
    while begin < len(shadow):
        kind, end = table.next(shadow, begin)
        yield Sentence(
            places[begin],
            places[end],
            kind,
            table.statements.get(shadow[begin:end], ""),
            tuple(_clauses(shadow[begin:end], begin, roles)),
        )
        begin = end + 1


def _clauses(
    words: str, begin: int, roles: Mapping[int, Role | None]
) -> Iterator[tuple[Role, ...]]:
    for clause in words.split(BULLET):
        spoken = (roles.get(place) for place in range(begin, begin + len(clause)))
        yield tuple(role for role in spoken if role is not None)
        begin += len(clause) + len(BULLET)


def _shadow(
    text: str, claims: Sequence[PlacedClaim], table: WordingTable
) -> tuple[str, list[int], Mapping[int, Role | None]]:
    """Returns the shadow, where each of its characters begins in the text, and the claims among them."""
    parts: list[str] = []
    places: list[int] = []
    roles: dict[int, Role | None] = {}
    last = 0
    for claim in claims:
        places += range(last, claim.begin)
        roles[len(places)] = claim.role
        places.append(claim.begin)
        name = claim.role.name if claim.role else None
        parts += text[last : claim.begin], table.character(name, claim.appearance)
        last = claim.end
    places += range(last, len(text) + 1)
    return "".join((*parts, text[last:])).translate(SPACES), places, roles
