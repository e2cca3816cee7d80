"""What is known for certain of a reading: the values that a summary may say as facts."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from en16931.field_path import Leaf
from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from en16931.rules.sums import SUMS
from invoice_reading.agreement.rule_ids import CONTRADICTIONS
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.check.weight import keeps_from_passing
from invoice_reading.completeness import Verdict
from invoice_reading.reading import PAGE_FORMS, Reading
from invoice_reading.review_reason import ReviewCode
from invoice_summarizer.domain.summarizing.binding import bound_value
from invoice_summarizer.domain.summarizing.derived_figures import (
    FORMS,
    DerivedFigures,
    DerivedSlot,
    FigureForm,
)
from invoice_summarizer.domain.summarizing.rendering import companion_path
from invoice_summarizer.domain.summarizing.segments import Slot

# Those on a field of the XML inside a PDF of which the page says otherwise.
PAGE_AND_XML = CONTRADICTIONS
ACCOUNTS_ON_PAGE = "PAGE-XML-02"
# Those on the check digits of one value.
CHECK_DIGITS = frozenset({"IBAN-01", "VAT-ID-01"})


class PlanContext:
    """A reading, asked for what the facts of a plan may say of it.

    A value is sure where it is PRESENT with evidence, was read with the confidence that the system asks for, and no rule
    fails of it: it is of no sum that does not close, and the page of a PDF does not contradict it.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.figures = DerivedFigures(reading.content, reading.annotations)

    @property
    def content(self) -> InvoiceContent:
        return self.reading.content

    def annotation(self, path: str) -> FieldAnnotation | None:
        return self.reading.annotations.get(path)

    def is_absent(self, path: str) -> bool:
        """Says whether the document has no such value; one that cannot be read may be any."""
        annotation = self.annotation(path)
        return annotation is None or annotation.status is FieldStatus.ABSENT

    def value(self, path: str) -> Leaf | None:
        """Returns the value where it is sure; an amount is not where its currency is not."""
        value = None if path in self.doubtful else self.stated(path)
        is_beside_doubtful = isinstance(value, Decimal) and companion_path(path) in self.doubtful
        return None if is_beside_doubtful else value

    def stated(self, path: str) -> Leaf | None:
        """Returns the value where it is PRESENT with evidence, sure or not."""
        return bound_value(self.content, self.reading.annotations, path)

    def amount(self, path: str) -> Decimal | None:
        value = self.value(path)
        return value if isinstance(value, Decimal) and value.is_finite() else None

    def text(self, path: str) -> str | None:
        value = self.value(path)
        return value if isinstance(value, str) and value.strip() else None

    def slots(self, **paths: str) -> dict[str, Slot]:
        """Returns slots for the holes of which the value is sure."""
        return {hole: Slot(path) for hole, path in paths.items() if self._is_there(path)}

    def _is_there(self, path: str) -> bool:
        value = self.value(path)
        return bool(value.strip()) if isinstance(value, str) else value is not None

    def derived(self, slot: DerivedSlot) -> DerivedSlot | None:
        """Returns the slot where the figure follows from values that are all sure, its currency too."""
        figure = self.figures.of(slot)
        if figure is None or not self.doubtful.isdisjoint(figure.field_paths):
            return None
        is_amount = FORMS[slot.figure] is FigureForm.AMOUNT
        return None if is_amount and "currency_code" in self.doubtful else slot

    @property
    def is_partly_read(self) -> bool:
        """Says whether what was read may not be all of the invoice: of an e-invoice, all is."""
        is_page = self.reading.form in PAGE_FORMS
        return is_page and self.reading.completeness.verdict is Verdict.PARTIAL

    @cached_property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(
            finding for finding in self.reading.findings if finding.outcome is Outcome.FAILED
        )

    @cached_property
    def failed_checks(self) -> tuple[Finding, ...]:
        """What failed and weighs; of fields that nobody pays by it keeps no invoice from passing."""
        return tuple(finding for finding in self.failed if keeps_from_passing(finding))

    @cached_property
    def failed_sums(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.failed_checks if finding.rule_id in SUMS.rule_ids)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The paths of values that may not be said as facts."""
        of_rules = (path for finding in self.failed_checks for path in finding.field_paths)
        return frozenset((*self.unsure, *of_rules))

    @cached_property
    def not_on_page(self) -> frozenset[str]:
        """The paths of values of the XML inside a PDF that its pages do not show."""
        return frozenset(
            path
            for finding in self.failed
            if finding.rule_id in PAGE_AND_XML
            for path in finding.field_paths
        )

    @cached_property
    def unsure(self) -> tuple[str, ...]:
        """The paths of values that were read with less confidence than the system asks for."""
        return tuple(self.subjects(ReviewCode.LOW_CONFIDENCE))

    def subjects(self, code: ReviewCode) -> Iterator[str]:
        """Yields what the reasons of the code are about."""
        return (reason.subject for reason in self.reading.review_reasons if reason.code is code)
