"""What one summary says and leaves out, read from its finished text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summary_quality.expected_direction import WAY_OF_KIND, expected_ways

from en16931.finding import Outcome, Severity
from invoice_reading.annotation import FieldStatus
from invoice_reading.certainty import is_unsure
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.fact_words import WordedFact, worded_facts
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName
from invoice_summarizer.domain.summarizing.facts.kind import DIRECTIONS, FactKind
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.gate import SummaryGate
from invoice_summarizer.domain.summarizing.language import language_of
from invoice_summarizer.domain.summarizing.roles import role_of_path
from invoice_summarizer.domain.summarizing.segments import Bindings, Slot
from invoice_summarizer.domain.summarizing.tokens import tokens
from invoice_summarizer.domain.summary import BoundText, Style

_K = FactKind
# Sentences that say of a value that it is unsure or does not fit.
_DOUBTING = frozenset(
    {
        _K.UNSURE,
        _K.AMBIGUOUS,
        _K.CONFLICT,
        _K.ILLEGIBLE,
        _K.ASKED,
        _K.ASKED_IN_XML,
        _K.ASKED_IN_PART,
        _K.CHANGED_BY_PERSON,
        _K.NOT_ON_PAGE,
        _K.OTHER_ACCOUNT_ON_PAGE,
        _K.CHECK_DIGITS_WRONG,
        _K.DUE_BEFORE_ISSUE,
        _K.LINES_DIFFER_FROM_NET,
        _K.RULE_BROKEN,
    }
)
_DOUBTING_ENDS = ("_TOO_HIGH", "_TOO_LOW", "_EXCEED_SUM", "_BELOW_SUM")


@dataclass(frozen=True, slots=True)
class Judgement:
    required: int  # facts of the plan that the style must say
    missing: int  # of them
    figures: int
    unbound: int  # of them
    unsure_as_facts: int
    is_direction_right: bool
    is_refused: bool  # by the gate
    characters: int
    words: int


def judged(
    plan: InvoicePlan,
    bound: BoundText,
    style: Style,
    language: str,
    freedom: Freedom = Freedom.NONE,
) -> Judgement:
    """Returns what is found in the text on the plan's reading, by a writer who has the freedom."""
    reading = plan.reading
    bindings = Bindings(reading.content, reading.annotations, language)
    worded = worded_facts(plan, style, bindings, freedom)
    said = [fact for fact in worded if _is_said(fact, bound)]
    required = [each for each in plan.of(style, freedom) if each.required]
    told = [fact.fact for fact in said]
    found = tokens(bound.text, language_of(bindings.locale))
    return Judgement(
        required=len(required),
        missing=sum(
            each.fact not in told and not _is_told_unshown(each.fact, told) for each in required
        ),
        figures=len(found),
        unbound=sum(
            not any(claim.begin <= each.begin and each.end <= claim.end for claim in bound.claims)
            for each in found
        ),
        unsure_as_facts=len({path for fact in said for path in _unsure(fact, reading)}),
        is_direction_right={
            WAY_OF_KIND[fact.fact.kind] for fact in said if fact.fact.kind in DIRECTIONS
        }
        <= expected_ways(reading),
        is_refused=not SummaryGate(plan, language, style, freedom).verify(bound).accepted,
        characters=len(bound.text),
        words=len(bound.text.split(" ")),
    )


def _is_said(fact: WordedFact, bound: BoundText) -> bool:
    return any(way.text in bound.text for way in fact.ways)


def _is_told_unshown(fact: Fact, told: Sequence[Fact]) -> bool:
    """Says whether the text tells that a value of the fact is stated and cannot be shown."""
    unshown = {each.slots["subject"] for each in told if each.kind is FactKind.NOT_SHOWN}
    return any(
        isinstance(filling, Slot) and FieldName(role_of_path(filling.field_path)) in unshown
        for filling in fact.slots.values()
    )


def _unsure(fact: WordedFact, reading: Reading) -> Iterator[str]:
    """Yields the fields that the fact states and that nobody is sure of."""
    kind = fact.fact.kind
    if kind in _DOUBTING or kind.endswith(_DOUBTING_ENDS):
        return
    failed = {
        path
        for finding in reading.findings
        if finding.outcome is Outcome.FAILED
        and finding.severity is Severity.ERROR
        and finding.residual is not None
        for path in finding.field_paths
    }
    for way in fact.ways:
        for claim in way.claims:
            if claim.finding_rule_ids:
                continue
            for path in claim.field_paths:
                annotation = reading.annotations.get(path)
                if path in failed or (
                    annotation is not None
                    and (
                        annotation.status is not FieldStatus.PRESENT or is_unsure(path, annotation)
                    )
                ):
                    yield path
