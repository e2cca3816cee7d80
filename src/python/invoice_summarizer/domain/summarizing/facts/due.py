"""By when: the due date, discounts, instalments, and the terms as they are written."""

from collections.abc import Iterator, Mapping

from invoice_summarizer.domain.payment_terms.reading import payment_terms
from invoice_summarizer.domain.payment_terms.terms import PaymentTerms
from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Filling
from invoice_summarizer.domain.summarizing.facts.ground import Ground
from invoice_summarizer.domain.summarizing.facts.kind import DEMANDS, FactKind
from invoice_summarizer.domain.summarizing.segments import Slot

DUE_DATE = "payment_due_date"
_TERMS = "payment_terms"
_MOST = 12
_OF_DISCOUNT: Mapping[str, Figure] = {
    "percentage": Figure.DISCOUNT_PERCENT,
    "date": Figure.DISCOUNT_LAST_DAY,
    "saving": Figure.DISCOUNT_SAVING,
}
_OF_INSTALMENT: Mapping[str, Figure] = {
    "amount": Figure.INSTALMENT_AMOUNT,
    "date": Figure.INSTALMENT_LAST_DAY,
}


def due_date(ground: Ground) -> dict[str, Filling]:
    """Returns the day by which it has to be paid, as it is stated or as it follows from the terms."""
    stated = ground.slots(payment_due_date=DUE_DATE)
    if stated:
        return {**stated}
    derived = ground.derived(DerivedSlot(Figure.DUE_DATE))
    return {"payment_due_date": derived} if derived else {}


def discounts(ground: Ground, direction: FactKind) -> Iterator[Fact]:
    """Yields what is paid less, or in parts; nothing where nothing has to be paid."""
    if direction not in DEMANDS:
        return
    yield from _discounts(ground)
    parts = [*_instalments(ground)]
    if parts:
        yield Fact(FactKind.INSTALMENTS, items=tuple(parts))


def terms(ground: Ground, direction: FactKind, *, understood_too: bool) -> Iterator[Fact]:
    """Yields the terms as they are written; without `understood_too`, only those that nothing else is said by."""
    text = ground.text(_TERMS)
    if direction not in DEMANDS or text is None:
        return
    if understood_too or payment_terms(text) == PaymentTerms():
        yield Fact(FactKind.PAYMENT_TERMS, {"terms": Slot(_TERMS)})


def has_parts(ground: Ground) -> bool:
    """Says whether it is paid in instalments, each with its own day."""
    extras = ground.content.extras
    return bool(ground.figures.instalment_count or (extras is not None and extras.instalments))


def _discounts(ground: Ground) -> Iterator[Fact]:
    """Yields the discounts that stand in fields of their own, and those that the terms tell of."""
    extras = ground.content.extras
    for index in range(min(len(extras.cash_discounts) if extras else 0, _MOST)):
        path = f"extras.cash_discounts[{index}]"
        slots = ground.slots(percentage=f"{path}.percentage", days=f"{path}.days")
        if "percentage" in slots:
            yield Fact(FactKind.DISCOUNT, slots)
    for index in range(min(ground.figures.discount_count, _MOST)):
        derived = _derived(ground, _OF_DISCOUNT, index)
        if "percentage" in derived:
            yield Fact(FactKind.DISCOUNT, derived)


def _instalments(ground: Ground) -> Iterator[Fact]:
    extras = ground.content.extras
    for index in range(min(len(extras.instalments) if extras else 0, _MOST)):
        path = f"extras.instalments[{index}]"
        slots = ground.slots(amount=f"{path}.amount", date=f"{path}.due_date")
        if "amount" in slots:
            yield Fact(FactKind.INSTALMENT, slots)
    for index in range(min(ground.figures.instalment_count, _MOST)):
        derived = _derived(ground, _OF_INSTALMENT, index)
        if "amount" in derived:
            yield Fact(FactKind.INSTALMENT, derived)


def _derived(ground: Ground, figures: Mapping[str, Figure], index: int) -> dict[str, Filling]:
    slots = {
        hole: ground.derived(DerivedSlot(figure, index=index)) for hole, figure in figures.items()
    }
    return {hole: slot for hole, slot in slots.items() if slot is not None}
