"""Refuses a summary of which a figure is not bound to its place, or a sentence says no fact of the invoice's plan.

The gate trusts nobody, the templates included: it reads the finished text as a reader does, and looks every claim up
in the content again. Refusals carry codes and places, never text.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.claim_check import Known, claim_defect
from invoice_summarizer.domain.summarizing.derived_figures import (
    DerivedFigure,
    DerivedFigures,
    DerivedSlot,
)
from invoice_summarizer.domain.summarizing.fact_words import worded_facts
from invoice_summarizer.domain.summarizing.facts.fact import Planned
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.finding_binding import FindingSides
from invoice_summarizer.domain.summarizing.language import supported_locale
from invoice_summarizer.domain.summarizing.printable import first_forbidden
from invoice_summarizer.domain.summarizing.refusal import Refusal, RefusalCode
from invoice_summarizer.domain.summarizing.segments import Bindings
from invoice_summarizer.domain.summarizing.tokens import FigureToken, tokens
from invoice_summarizer.domain.summarizing.wording_check import wording_refusals
from invoice_summarizer.domain.summary import BoundText, Claim, Style


@dataclass(frozen=True, slots=True)
class Verification:
    refusals: tuple[Refusal, ...]  # in the order of the text

    @property
    def accepted(self) -> bool:
        return not self.refusals

    @property
    def codes(self) -> list[RefusalCode]:
        """Why it is refused, each reason once and in order."""
        return sorted({refusal.code for refusal in self.refusals})


def verify_summary(
    bound: BoundText,
    reading: Reading,
    language_code: str,
    style: Style,
    status: InvoiceStatus | None = None,
) -> Verification:
    """Returns no refusals exactly where all of this holds:

    - every token of the text lies in exactly one claim;
    - every claim has evidence and its text renders the value of its PRESENT fields, of its finding, or of its
      derivation evaluated again; a derived figure is one of `derived_figures`, by the expression that stands there;
    - claims are in order, in range and apart, and no invisible character stands anywhere;
    - the text is a row of sentences of the language's table, each of which says a fact of the plan of this reading,
      style and status, with the claims of that fact in its holes, and no fact twice; a lead of the language may stand before a sentence of its
      kinds;
    - every fact that the plan requires is said.

    Raises UnsupportedLanguage.
    """
    return verify_by_plan(bound, InvoicePlan(reading, status), language_code, style)


def verify_by_plan(
    bound: BoundText, plan: InvoicePlan, language_code: str, style: Style
) -> Verification:
    """Returns what `verify_summary` returns. The caller made the plan of the reading itself: none is taken of a writer."""
    return SummaryGate(plan, language_code, style).verify(bound)


class SummaryGate:
    """The gate of one invoice, style, language and freedom of the writer, for any number of texts.

    The caller made the plan of the reading itself: none is taken of a writer. Raises UnsupportedLanguage.
    """

    def __init__(
        self,
        plan: InvoicePlan,
        language_code: str,
        style: Style,
        freedom: Freedom = Freedom.NONE,
    ) -> None:
        self._reading = plan.reading
        self._locale = supported_locale(language_code)
        bindings = Bindings(plan.reading.content, plan.reading.annotations, self._locale)
        self._facts = worded_facts(plan, style, bindings, freedom)
        self._figures = _figures(plan.of(style, freedom), bindings.derived)

    def verify(self, bound: BoundText) -> Verification:
        """Returns what `verify_summary` returns of a whole text."""
        return Verification(tuple(sorted({*self._refusals(bound)})))

    def verify_part(self, bound: BoundText) -> Verification:
        """Returns the same of some sentences of a text: what is required may be in others."""
        refusals = {*self._refusals(bound)}
        return Verification(
            tuple(sorted(r for r in refusals if r.code is not RefusalCode.FACT_MISSING))
        )

    def _refusals(self, bound: BoundText) -> Iterator[Refusal]:
        misplaced = tuple(_misplaced(bound))
        if misplaced:
            yield from misplaced
            return
        reading = self._reading
        known = Known(
            reading.content,
            reading.annotations,
            reading.findings,
            self._locale,
            FindingSides(reading.content),
            self._figures,
            reading.completeness,
        )
        yield from _unborne_claims(bound, known)
        yield from _unbound_tokens(tokens(bound.text, known.language), bound.claims)
        yield from wording_refusals(bound, self._facts, known.language)


def _figures(planned: Sequence[Planned], derived: DerivedFigures) -> Mapping[str, DerivedFigure]:
    """Returns the derived figures that the facts of the plan are made of, by their expressions."""
    slots = dict.fromkeys(
        filling
        for each in planned
        for fact in (each.fact, *each.fact.items)
        for filling in fact.slots.values()
        if isinstance(filling, DerivedSlot)
    )
    figures = (figure for slot in slots if (figure := derived.of(slot)) is not None)
    return {figure.derivation.expression: figure for figure in figures}


def _misplaced(bound: BoundText) -> Iterator[Refusal]:
    """Yields what makes the text unfit to be looked at any further."""
    if not bound.text.strip():
        yield Refusal(0, 0, RefusalCode.TEXT_EMPTY)
    forbidden = first_forbidden(bound.text)
    if forbidden is not None:
        yield Refusal(forbidden, forbidden + 1, RefusalCode.FORBIDDEN_CHARACTER)
    last = 0
    for claim in bound.claims:
        if not 0 <= claim.begin < claim.end <= len(bound.text):
            yield Refusal(0, 0, RefusalCode.CLAIM_OUT_OF_RANGE)
        elif claim.begin < last:
            yield Refusal(claim.begin, claim.end, RefusalCode.CLAIM_OVERLAP)
        else:
            last = claim.end


def _unborne_claims(bound: BoundText, known: Known) -> Iterator[Refusal]:
    for claim in bound.claims:
        defect = claim_defect(claim, bound.text[claim.begin : claim.end], known)
        if defect is not None:
            yield Refusal(claim.begin, claim.end, defect)


def _unbound_tokens(found: Sequence[FigureToken], claims: Sequence[Claim]) -> Iterator[Refusal]:
    begins = [claim.begin for claim in claims]
    for token in found:
        place = bisect_right(begins, token.begin) - 1
        if place >= 0 and token.end <= claims[place].end:
            continue
        touched = (place >= 0 and token.begin < claims[place].end) or (
            place + 1 < len(claims) and claims[place + 1].begin < token.end
        )
        code = RefusalCode.FIGURE_ACROSS_CLAIMS if touched else RefusalCode.FIGURE_UNBOUND
        yield Refusal(token.begin, token.end, code)
