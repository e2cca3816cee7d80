"""A summary taken to pieces, so that one can be changed and all claims still lie where their texts are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summary import BoundText, Claim, Style


@dataclass(frozen=True, slots=True)
class Said:
    """A claim and its text; `claim` is None where the text stands without one."""

    claim: Claim | None
    text: str


@dataclass(frozen=True, slots=True)
class Pieces:
    """Words and claims in turn: `words[0]`, `said[0]`, `words[1]`, ... `words[-1]`."""

    words: tuple[str, ...]
    said: tuple[Said, ...]

    def bound(self) -> BoundText:
        parts = [self.words[0]]
        claims = []
        length = len(self.words[0])
        for said, words in zip(self.said, self.words[1:], strict=True):
            end = length + len(said.text)
            if said.claim is not None:
                claims.append(replace(said.claim, begin=length, end=end))
            parts += said.text, words
            length = end + len(words)
        return BoundText(text="".join(parts), claims=tuple(claims))

    def with_text(self, index: int, text: str) -> "Pieces":
        return self.with_said(index, replace(self.said[index], text=text))

    def with_said(self, index: int, said: Said) -> "Pieces":
        return replace(self, said=(*self.said[:index], said, *self.said[index + 1 :]))

    def with_words(self, index: int, words: str) -> "Pieces":
        return replace(self, words=(*self.words[:index], words, *self.words[index + 1 :]))


@dataclass(frozen=True, slots=True)
class Summarized:
    """A clean summary, and what it is of."""

    pieces: Pieces
    plan: InvoicePlan
    language: str
    style: Style
    freedom: Freedom

    @property
    def reading(self) -> Reading:
        return self.plan.reading

    @property
    def said(self) -> tuple[Said, ...]:
        return self.pieces.said


def taken_apart(bound: BoundText) -> Pieces:
    words, said, last = [], [], 0
    for claim in bound.claims:
        words.append(bound.text[last : claim.begin])
        said.append(Said(claim, bound.text[claim.begin : claim.end]))
        last = claim.end
    return Pieces((*words, bound.text[last:]), tuple(said))


def one_of(random: Random, indices: Sequence[int]) -> int | None:
    """Returns one of the indices; None where there is none."""
    return random.choice(indices) if indices else None


def path_of(said: Said) -> str:
    """Returns the path that the claim is about; empty for a finding."""
    claim = said.claim
    assert claim is not None
    return claim.field_paths[0] if claim.field_paths and not claim.finding_rule_ids else ""
