"""What a person has changed: the fields that money moves by, and what the document says of them."""

from collections.abc import Iterator

from invoice_reading.annotation import FieldAnnotation
from invoice_summarizer.domain.canonical_value import canonical_text
from invoice_summarizer.domain.summarizing.binding import is_changed_by_person
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName, Filling
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.roles import role_of_path
from invoice_summarizer.domain.summarizing.segments import CandidateSlot

_MONEY_MOVES_BY = frozenset(
    {
        "currency_code",
        "payee.name",
        "payment_due_date",
        "payment_instructions.credit_transfers.account_identifier",
        "payment_instructions.direct_debit.debited_account_identifier",
        "payment_terms",
        "seller.name",
        "totals.amount_due",
        "totals.amount_with_vat",
        "totals.paid_amount",
    }
)


def changes(context: PlanContext) -> Iterator[Fact]:
    """Yields the fields that say something else than the document; a value that a person confirmed is none."""
    for path, annotation in context.reading.annotations.items():
        if role_of_path(path) not in _MONEY_MOVES_BY or not is_changed_by_person(annotation):
            continue
        value = context.stated(path)
        declared = annotation.candidates[0].value if annotation.candidates else None
        if value is None or canonical_text(value) != declared:
            yield Fact(FactKind.CHANGED_BY_PERSON, _slots(context, path, annotation))


def _slots(context: PlanContext, path: str, annotation: FieldAnnotation) -> dict[str, Filling]:
    slots: dict[str, Filling] = {"subject": FieldName(role_of_path(path))}
    if annotation.candidates and annotation.candidates[0].evidence and _is_sayable(context, path):
        slots["declared"] = CandidateSlot(path, 0)
    return slots


def _is_sayable(context: PlanContext, path: str) -> bool:
    """Says whether what the document says can be printed: of an amount, in the currency of the document."""
    currency = context.annotation("currency_code")
    return not path.startswith("totals.") or currency is None or not is_changed_by_person(currency)
