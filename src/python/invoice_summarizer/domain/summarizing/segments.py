"""A text as segments: literal words, and slots that the server fills from bound fields.

A writer, template or model, never writes a figure; it says which field stands where.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from en16931.finding import Finding
from en16931.model import InvoiceContent
from invoice_reading.completeness import Completeness
from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.domain.summarizing.binding import (
    Annotations,
    Binding,
    binding,
    candidate_binding,
)
from invoice_summarizer.domain.summarizing.completeness_binding import (
    CompletenessPart,
    completeness_binding,
)
from invoice_summarizer.domain.summarizing.derived_binding import derived_binding
from invoice_summarizer.domain.summarizing.derived_figures import DerivedFigures, DerivedSlot
from invoice_summarizer.domain.summarizing.finding_binding import (
    FindingPart,
    FindingSides,
    finding_binding,
)
from invoice_summarizer.domain.summarizing.language import language_of, supported_locale
from invoice_summarizer.domain.summary import BoundText, Claim

_NO_SPACE_AFTER = frozenset(" \n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}([{«“„‹\"'’/")
_NO_SPACE_BEFORE = frozenset(" \n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE})]}»”“›\"'’/.,;:!?")


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the writer; the gate accepts those of the phrase tables only."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a field's value, or of the number of members of a repeated group such as `lines`."""

    field_path: str


@dataclass(frozen=True, slots=True)
class FindingSlot:
    """The place of a rule's id or of a side of its sum; only templates place it."""

    finding: Finding
    part: FindingPart


@dataclass(frozen=True, slots=True)
class CandidateSlot:
    """The place of a value that an AMBIGUOUS field might have."""

    field_path: str
    index: int


@dataclass(frozen=True, slots=True)
class CompletenessSlot:
    """The place of how many pages or rows there are, or were not read; only templates place it."""

    completeness: Completeness
    part: CompletenessPart


Place = (
    Slot | FindingSlot | DerivedSlot | CandidateSlot | CompletenessSlot
)  # what a claim will stand for
Segment = Text | Place


class UnboundSlot(InvoiceSummarizerError):
    """A slot was placed for a field that is not PRESENT with evidence, or whose value is left unsaid."""

    reason = "SLOT_UNBOUND"


class Bindings:
    """What can be said of one content in one language; each slot is looked up once."""

    def __init__(
        self, content: InvoiceContent, annotations: Annotations, language_code: str
    ) -> None:
        self.content = content
        self.annotations = annotations
        self.locale = supported_locale(language_code)
        self.language = language_of(self.locale)
        self._known: dict[Slot, Binding | None] = {}
        self._sides = FindingSides(content)
        self.derived = DerivedFigures(content, annotations)

    def of(self, slot: Place) -> Binding | None:
        """Returns how the slot is filled; None where nothing is bound there."""
        if isinstance(slot, DerivedSlot):
            figure = self.derived.of(slot)
            if figure is None:
                return None
            return derived_binding(figure, self.content, self.annotations, self.locale)
        if isinstance(slot, FindingSlot):
            return finding_binding(
                slot.finding,
                slot.part,
                self._sides.of(slot.finding),
                self.content,
                self.annotations,
                self.locale,
            )
        if isinstance(slot, CompletenessSlot):
            return completeness_binding(slot.completeness, slot.part, self.locale)
        if isinstance(slot, CandidateSlot):
            return candidate_binding(
                self.content, self.annotations, slot.field_path, slot.index, self.locale
            )
        if slot not in self._known:
            self._known[slot] = binding(
                self.content, self.annotations, slot.field_path, self.locale
            )
        return self._known[slot]


def bind(
    segments: Iterable[Segment], content: InvoiceContent, annotations: Annotations, language: str
) -> BoundText:
    """Returns the text with a claim for every slot; a space is set where two segments would run into one word.

    Raises UnboundSlot where a slot has nothing to say, UnsupportedLanguage for a language without templates.
    """
    return assemble(segments, Bindings(content, annotations, language))


def assemble(segments: Iterable[Segment], bindings: Bindings) -> BoundText:
    """Returns what `bind` returns, for bindings that were made before."""
    parts: list[str] = []
    claims: list[Claim] = []
    length = 0
    last = "\n"
    for segment in segments:
        found = None if isinstance(segment, Text) else _filled(segment, bindings)
        piece = segment.text if isinstance(segment, Text) else found.text if found else ""
        if not piece:
            continue
        if found is None and piece[0] == "." and last == ".":
            piece = piece[1:]  # "Acme Inc." ends its sentence itself
        elif last not in _NO_SPACE_AFTER and piece[0] not in _NO_SPACE_BEFORE:
            parts.append(" ")
            length += 1
        if found is not None:
            claims.append(_claim(segment, found, length))
        parts.append(piece)
        length += len(piece)
        last = piece[-1] if piece else last
    return BoundText(text="".join(parts), claims=tuple(claims))


def _filled(slot: Place, bindings: Bindings) -> Binding:
    found = bindings.of(slot)
    if found is None:
        raise UnboundSlot("a slot names what is not bound")
    return found


def _claim(segment: Segment, found: Binding, begin: int) -> Claim:
    return Claim(
        begin=begin,
        end=begin + len(found.text),
        field_paths=found.field_paths,
        finding_rule_ids=((segment.finding.rule_id,) if isinstance(segment, FindingSlot) else ()),
        evidence=found.evidence,
    )
