"""Which way the money goes: what has to be paid, if anything, and how it comes to the seller."""

from collections.abc import Iterator

from en16931.credit_notes import is_credit_note
from en16931.document_types import document_kind_of
from en16931.model import DocumentKind
from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.facts.due import due_date
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Filling
from invoice_summarizer.domain.summarizing.facts.ground import Ground
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.segments import Slot

DUE = "totals.amount_due"
TOTAL = "totals.amount_with_vat"
PAID = "totals.paid_amount"
CREDITED_INVOICE = "preceding_invoices[0].reference"
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


def direction(ground: Ground) -> Iterator[Fact]:
    """Yields the fact that says which way the money goes: always exactly one."""
    yield _direction(ground)


def _direction(ground: Ground) -> Fact:
    if _kind(ground) in _NO_DEMANDS:
        return Fact(FactKind.NO_DEMAND, ground.slots(amount=TOTAL))
    if is_credit_note(ground.content):
        return _credit(ground)
    if ground.failed_sums and ground.stated(DUE) is not None and DUE not in ground.unsure:
        return Fact(FactKind.ASKED, {"amount": Slot(DUE), **due_date(ground)})
    if DUE in ground.not_on_page and ground.stated(DUE) is not None:
        return Fact(FactKind.ASKED_IN_XML, {"amount": Slot(DUE), **due_date(ground)})
    due = ground.amount(DUE)
    if due is None:
        return _without_amount_due(ground)
    if due < 0:
        return Fact(FactKind.IN_OUR_FAVOUR, _sized(ground, DUE))
    if due == 0:
        paid = ground.amount(PAID)
        kind = FactKind.PAID_ALREADY if paid else FactKind.NOTHING_DUE
        return Fact(kind, ground.slots(paid=PAID) if paid else {})
    return _demand(ground, FactKind.TO_PAY, Slot(DUE))


def _without_amount_due(ground: Ground) -> Fact:
    """The total is what has to be paid, where no amount due is stated at all."""
    total = ground.amount(TOTAL)
    if ground.failed_sums or total is None or total <= 0 or not ground.is_absent(DUE):
        return Fact(FactKind.AMOUNT_UNKNOWN)
    if ground.is_absent(PAID):
        return _demand(ground, FactKind.TO_PAY_TOTAL, Slot(TOTAL))
    rest = ground.derived(DerivedSlot(Figure.AMOUNT_DUE))
    paid = ground.amount(PAID)
    if rest is None or paid is None or paid >= total:
        return Fact(FactKind.AMOUNT_UNKNOWN)
    return _demand(ground, FactKind.TO_PAY_REST, rest)


def _demand(ground: Ground, kind: FactKind, amount: Slot | DerivedSlot) -> Fact:
    slots: dict[str, Filling] = {"amount": amount, **due_date(ground)}
    if is_collected(ground):
        account, mandate = "debited_account_identifier", "mandate_reference_identifier"
        of_debit = ground.slots(account=f"{_DEBIT}.{account}", mandate=f"{_DEBIT}.{mandate}")
        return Fact(FactKind.COLLECTED, slots | of_debit)
    if ground.text(_CARD):
        return Fact(FactKind.CHARGED_TO_CARD, slots | ground.slots(card=_CARD))
    return Fact(kind, slots)


def _credit(ground: Ground) -> Fact:
    amount = next((path for path in (DUE, TOTAL) if ground.amount(path)), None)
    of_amount = _sized(ground, amount) if amount else {}
    return Fact(FactKind.CREDITED, of_amount | ground.slots(reference=CREDITED_INVOICE))


def _sized(ground: Ground, path: str) -> dict[str, Filling]:
    """Returns the amount without its sign: the words say which way it goes."""
    value = ground.amount(path)
    if value is None or value >= 0:
        return {"amount": Slot(path)}
    size = ground.derived(DerivedSlot(_SIZES[path]))
    return {"amount": size} if size else {}


def is_collected(ground: Ground) -> bool:
    """Says whether the seller collects the money by direct debit."""
    instructions = ground.content.payment_instructions
    if instructions is None:
        return False
    code = instructions.means_type_code
    return code in _DIRECT_DEBIT_CODES or (
        instructions.direct_debit is not None
        and not instructions.credit_transfers
        and instructions.direct_debit.debited_account_identifier is not None
    )


def _kind(ground: Ground) -> DocumentKind | None:
    extras, code = ground.content.extras, ground.content.type_code
    if extras is not None and extras.document_kind is not None:
        return extras.document_kind
    return document_kind_of(code) if code else None
