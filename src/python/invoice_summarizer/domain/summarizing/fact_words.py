"""A plan in words: for each of its facts the sentences that may say it, with their claims."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from en16931.field_path import leaf_type
from invoice_summarizer.domain.summarizing.binding import bound_value
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName, Planned
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.pattern import say
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES
from invoice_summarizer.domain.summarizing.phrases import Alternatives
from invoice_summarizer.domain.summarizing.quotation import Quotation, quotation
from invoice_summarizer.domain.summarizing.roles import KIND_FIELDS, role_of_path
from invoice_summarizer.domain.summarizing.segments import (
    Bindings,
    CandidateSlot,
    Segment,
    Slot,
    Text,
    assemble,
)
from invoice_summarizer.domain.summary import BoundText, Claim, Style


@dataclass(frozen=True, slots=True)
class WordedFact:
    """A fact of the plan and its sentences, the fullest first."""

    fact: Fact
    required: bool
    ways: tuple[BoundText, ...]


def worded_facts(
    plan: InvoicePlan, style: Style, bindings: Bindings, freedom: Freedom = Freedom.NONE
) -> tuple[WordedFact, ...]:
    """Returns the facts of the plan that the language can say, in order, and which values it leaves out."""
    planned = plan.of(style, freedom)
    words = FactWords(bindings)
    return tuple(
        WordedFact(each.fact, each.required, ways)
        for each in (*planned, *_not_shown(planned, bindings))
        if (ways := tuple(words.ways(each.fact, style)))
    )


def joined(sentences: Iterable[BoundText]) -> BoundText:
    """Returns the sentences one after the other; what follows a list begins a line."""
    text, claims = "", list[Claim]()
    for sentence in sentences:
        piece = following(text, sentence)
        text += piece.text
        claims += piece.claims
    return BoundText(text=text, claims=tuple(claims))


def following(text: str, sentence: BoundText) -> BoundText:
    """Returns what the sentence adds to the text, its claims at their places in the whole."""
    space = "" if not text else " " if text.endswith(".") else "\n"
    by = len(text) + len(space)
    return BoundText(text=space + sentence.text, claims=tuple(c.moved(by) for c in sentence.claims))


class FactWords:
    """The words of one language for the facts of one content."""

    def __init__(self, bindings: Bindings) -> None:
        self._bindings = bindings
        self._phrases = PHRASES[bindings.language]

    def ways(self, fact: Fact, style: Style) -> Iterator[BoundText]:
        """Yields the sentence of the fact and, where the style has little room, the briefer ones that can be said of it."""
        fullest = self._segments(fact, shorter=0)
        if fullest is None:
            return
        last = assemble(fullest, self._bindings)
        yield last
        for segments in self._briefer(fact, style):
            briefer = last if segments is None else assemble(segments, self._bindings)
            if len(briefer.text) < len(last.text):
                yield briefer
                last = briefer

    def _briefer(self, fact: Fact, style: Style) -> Iterator[Sequence[Segment] | None]:
        match style:
            case Style.ONE_LINE:
                for pattern in self._phrases.briefly.get(fact.kind, ()):
                    yield self._said((pattern,), fact)
            case Style.SHORT:
                for step in range(1, self._phrases.most_shorter + 1):
                    yield self._segments(fact, shorter=step)

    def _segments(self, fact: Fact, *, shorter: int) -> Sequence[Segment] | None:
        if not fact.items:
            return self._said(self._phrases.alternatives(fact.kind, shorter=shorter), fact)
        words = self._phrases.lists[fact.kind]
        items = (self._segments(each, shorter=shorter) for each in fact.items)
        said = [item for item in items if item is not None]
        if not said:
            return None
        segments: list[Segment] = [Text(words.heading)]
        for index, item in enumerate(said):
            segments += [Text(words.between if index else words.before), *item]
        return [*segments, Text(words.end)]

    def _said(self, alternatives: Alternatives, fact: Fact) -> Sequence[Segment] | None:
        return say(alternatives, lambda hole: self._filled(fact, hole))

    def _filled(self, fact: Fact, hole: str) -> Sequence[Segment] | None:
        filling = fact.slots.get(hole)
        if filling is None:
            return None
        if isinstance(filling, FieldName):
            name = (
                self._phrases.field_name if hole == "subject" else self._phrases.field_name_within
            )
            return [Text(name(filling.field_path))]
        found = self._bindings.of(filling)
        if found is None:
            return None
        if not isinstance(filling, Slot | CandidateSlot) or not _is_words(filling, self._bindings):
            return [filling]
        opening, closing = self._phrases.quotes
        match quotation(found.text, filling.field_path, self._bindings.language):
            case Quotation.NEEDLESS:
                return [filling]
            case Quotation.NEEDED:
                return [Text(opening), filling, Text(closing)]
            case Quotation.IMPOSSIBLE:
                return None


def _not_shown(planned: Sequence[Planned], bindings: Bindings) -> Iterator[Planned]:
    """Yields, of the values that the plan names, what no text can show as it is."""
    paths = (
        filling.field_path
        for each in planned
        for fact in (each.fact, *each.fact.items)
        for filling in fact.slots.values()
        if isinstance(filling, Slot)
    )
    roles = dict.fromkeys(role_of_path(path) for path in paths if _is_left_out(path, bindings))
    for role in roles:
        yield Planned(Fact(FactKind.NOT_SHOWN, {"subject": FieldName(role)}), required=True)


def _is_words(slot: Slot | CandidateSlot, bindings: Bindings) -> bool:
    """Says whether the value is the document's own words, which could be taken for ours."""
    path = slot.field_path
    if isinstance(slot, CandidateSlot):
        return leaf_type(path) is str
    value = bound_value(bindings.content, bindings.annotations, path)
    is_coded = path in KIND_FIELDS or path.endswith(".category_code")
    return isinstance(value, str) and not isinstance(value, StrEnum) and not is_coded


def _is_left_out(path: str, bindings: Bindings) -> bool:
    value = bound_value(bindings.content, bindings.annotations, path)
    found = bindings.of(Slot(path))
    if isinstance(value, Decimal | int):
        return found is None
    if not _is_words(Slot(path), bindings) or not str(value).strip():
        return False
    return found is None or (quotation(found.text, path, bindings.language) is Quotation.IMPOSSIBLE)
