"""One fact: what is said, and of which values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.segments import (
    CandidateSlot,
    CompletenessSlot,
    FindingSlot,
    Slot,
)


@dataclass(frozen=True, slots=True)
class FieldName:
    """The words by which a language names the field: in the hole `subject` as a sentence begins, else within one."""

    field_path: str


Filling = Slot | FindingSlot | DerivedSlot | CandidateSlot | CompletenessSlot | FieldName


@dataclass(frozen=True, slots=True)
class Fact:
    """`slots` says by the names of the holes of its sentence what stands in them; a list has `items`."""

    kind: FactKind
    slots: Mapping[str, Filling] = field(default_factory=dict)
    items: tuple["Fact", ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A fact of the plan: `required` is one that no summary of the style may leave out."""

    fact: Fact
    required: bool
