"""What a person has changed: the fields that money moves by, and what the document says of them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from en16931.field_path import is_within, leaf_type
from invoice_reading.annotation import FieldAnnotation
from invoice_reading.certainty import is_decisive
from invoice_reading.changes_by_people import is_by_person, is_changed_by_person, wants_second_look
from invoice_reading.review_reason import ReviewCode
from invoice_summarizer.domain.summarizing.facts.fact import Fact, FieldName, Filling
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.rendering import companion_path
from invoice_summarizer.domain.summarizing.roles import KIND_FIELDS, role_of_path
from invoice_summarizer.domain.summarizing.segments import CandidateSlot

_MOST_NAMED = 4
_CURRENCY = "currency_code"
_ACCOUNT = "payment_instructions.credit_transfers.account_identifier"
# By the name of which field that is known which has no name of its own.
_NAMED_AS: Mapping[str, str] = {
    KIND_FIELDS[1]: KIND_FIELDS[0],
    "payment_instructions.credit_transfers": _ACCOUNT,
}
_TERMS = "payment_terms"
_PARTS_OF_TERMS = frozenset({"extras.cash_discounts", "extras.instalments"})
# What is named first where there is no room for all.
_FIRST = (_ACCOUNT, "payee.name", "totals.amount_due", "totals.amount_with_vat", _CURRENCY)


def changes(context: PlanContext) -> Iterator[Fact]:
    """Yields the fields that say something else than the document; a value that a person confirmed is none."""
    for path, annotation in _changed(context).items():
        slots: dict[str, Filling] = {"subject": FieldName(_role(path))}
        yield Fact(FactKind.CHANGED_BY_PERSON, slots | _declared(context, path, annotation))


def changes_in_brief(context: PlanContext, *, with_declared: bool) -> Iterator[Fact]:
    """Yields the same as one fact; with more than a few fields, it names those by which most money moves."""
    changed = [*changes(context)]
    if len(changed) == 1 and not with_declared:
        yield Fact(FactKind.CHANGED_BY_PERSON, {"subject": changed[0].slots["subject"]})
    elif len(changed) < 2:
        yield from changed
    else:
        names = sorted(dict.fromkeys(map(_role, _changed(context))), key=_rank)
        items = [
            Fact(FactKind.CHANGED_FIELD, {"field": FieldName(name)}) for name in names[:_MOST_NAMED]
        ]
        if len(names) > len(items):
            items.append(Fact(FactKind.CHANGED_FIELDS_MORE))
        yield Fact(FactKind.CHANGED_FIELDS, items=tuple(items))


def _changed(context: PlanContext) -> dict[str, FieldAnnotation | None]:
    """Returns what was changed, with what is known of it; of a list that lost an element, nothing is."""
    found: dict[str, FieldAnnotation | None] = {
        path: annotation
        for path, annotation in context.reading.annotations.items()
        if is_changed_by_person(path, annotation) and (is_decisive(path) or wants_second_look(path))
    }
    for path in context.subjects(ReviewCode.CHANGED_BY_PERSON):
        found.setdefault(path, None)
    if KIND_FIELDS[0] in found:
        found.pop(KIND_FIELDS[1], None)  # which follows the other
    return found


def _role(path: str) -> str:
    role = role_of_path(path)
    return _TERMS if is_within(role, _PARTS_OF_TERMS) else _NAMED_AS.get(role, role)


def _rank(role: str) -> int:
    return _FIRST.index(role) if role in _FIRST else len(_FIRST)


def _declared(
    context: PlanContext, path: str, annotation: FieldAnnotation | None
) -> dict[str, Filling]:
    """Returns what the document says, where it says it and that can be printed: an amount, in its own currency."""
    if annotation is None or not annotation.candidates or not annotation.candidates[0].evidence:
        return {}
    currency = context.annotation(_CURRENCY)
    in_other_currency = currency is not None and is_by_person(currency)
    if in_other_currency and leaf_type(path) is Decimal and companion_path(path) == _CURRENCY:
        return {}
    return {"declared": CandidateSlot(path, 0)}
