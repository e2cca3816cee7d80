"""Which way the money goes: what has to be paid, if anything, and how it comes to the seller."""

from collections.abc import Iterator

from en16931.credit_notes import is_credit_note
from en16931.document_types import document_kind_of
from en16931.model import DocumentKind
from invoice_summarizer.domain.payment_terms.no_request import asks_for_nothing
from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.facts.due import due_date
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Filling
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.segments import Slot

DUE = "totals.amount_due"
TOTAL = "totals.amount_with_vat"
PAID = "totals.paid_amount"
CREDITED_INVOICE = "preceding_invoices[0].reference"
_TERMS = "payment_terms"
_DEBIT = "payment_instructions.direct_debit"
_CARD = "payment_instructions.payment_card.primary_account_number"
_DIRECT_DEBIT_CODES = frozenset({"49", "59"})  # UNTDID 4461: direct debit, SEPA direct debit
_SIZES = {DUE: Figure.AMOUNT_DUE_SIZE, TOTAL: Figure.TOTAL_SIZE}
_NO_DEMANDS = frozenset(
    {
        DocumentKind.PROFORMA,
        DocumentKind.STATEMENT,
        DocumentKind.RECEIPT,
        DocumentKind.NOT_AN_INVOICE,
    }
)


def direction(context: PlanContext) -> Iterator[Fact]:
    """Yields the fact that says which way the money goes: always exactly one."""
    yield _direction(context)


def _direction(context: PlanContext) -> Fact:
    if _kind(context) in _NO_DEMANDS:
        return Fact(FactKind.NO_DEMAND, context.slots(amount=TOTAL))
    if is_credit_note(context.content):
        return _credit(context)
    if context.failed_sums and context.stated(DUE) is not None and DUE not in context.unsure:
        return Fact(FactKind.ASKED, {"amount": Slot(DUE), **due_date(context)})
    if DUE in context.not_on_page and context.stated(DUE) is not None:
        return Fact(FactKind.ASKED_IN_XML, {"amount": Slot(DUE), **due_date(context)})
    due = context.amount(DUE)
    if due is None:
        return _without_amount_due(context)
    if due < 0:
        return Fact(FactKind.IN_OUR_FAVOUR, _sized(context, DUE))
    if due == 0:
        paid = context.amount(PAID)
        kind = FactKind.PAID_ALREADY if paid else FactKind.NOTHING_DUE
        return Fact(kind, context.slots(paid=PAID) if paid else {})
    return _demand(context, FactKind.TO_PAY, Slot(DUE))


def _without_amount_due(context: PlanContext) -> Fact:
    """The total is what has to be paid, where no amount due is stated at all."""
    total = context.amount(TOTAL)
    if context.failed_sums or total is None or total <= 0 or not context.is_absent(DUE):
        return Fact(FactKind.AMOUNT_UNKNOWN, due_date(context))
    if context.is_absent(PAID):
        return _demand(context, FactKind.TO_PAY_TOTAL, Slot(TOTAL))
    rest = context.derived(DerivedSlot(Figure.AMOUNT_DUE))
    paid = context.amount(PAID)
    if rest is None or paid is None or paid >= total:
        return Fact(FactKind.AMOUNT_UNKNOWN, due_date(context))
    return _demand(context, FactKind.TO_PAY_REST, rest)


def _demand(context: PlanContext, kind: FactKind, amount: Slot | DerivedSlot) -> Fact:
    slots: dict[str, Filling] = {"amount": amount, **due_date(context)}
    if is_collected(context):
        account, mandate = "debited_account_identifier", "mandate_reference_identifier"
        of_debit = context.slots(account=f"{_DEBIT}.{account}", mandate=f"{_DEBIT}.{mandate}")
        return Fact(FactKind.COLLECTED, slots | of_debit)
    if context.text(_CARD):
        return Fact(FactKind.CHARGED_TO_CARD, slots | context.slots(card=_CARD))
    if asks_for_nothing(context.text(_TERMS) or ""):
        return Fact(FactKind.NOT_ASKED, {"amount": amount})
    if context.is_partly_read:
        return Fact(FactKind.ASKED_IN_PART, slots)
    return Fact(kind, slots)


def _credit(context: PlanContext) -> Fact:
    amount = next((path for path in (DUE, TOTAL) if context.amount(path)), None)
    of_amount = _sized(context, amount) if amount else {}
    return Fact(FactKind.CREDITED, of_amount | context.slots(reference=CREDITED_INVOICE))


def _sized(context: PlanContext, path: str) -> dict[str, Filling]:
    """Returns the amount without its sign: the words say which way it goes."""
    value = context.amount(path)
    if value is None or value >= 0:
        return {"amount": Slot(path)}
    size = context.derived(DerivedSlot(_SIZES[path]))
    return {"amount": size} if size else {}


def is_collected(context: PlanContext) -> bool:
    """Says whether the seller collects the money by direct debit."""
    instructions = context.content.payment_instructions
    if instructions is None:
        return False
    code = instructions.means_type_code
    return code in _DIRECT_DEBIT_CODES or (
        instructions.direct_debit is not None
        and not instructions.credit_transfers
        and instructions.direct_debit.debited_account_identifier is not None
    )


def _kind(context: PlanContext) -> DocumentKind | None:
    extras, code = context.content.extras, context.content.type_code
    if extras is not None and extras.document_kind is not None:
        return extras.document_kind
    return document_kind_of(code) if code else None
