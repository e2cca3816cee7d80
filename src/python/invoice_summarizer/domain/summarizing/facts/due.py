"""By when: the due date, discounts, instalments, and the terms as they are written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from invoice_summarizer.domain.payment_terms.reading import payment_terms
from invoice_summarizer.domain.payment_terms.terms import PaymentTerms
from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Filling
from invoice_summarizer.domain.summarizing.facts.kind import DEMANDS, FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.segments import Slot

DUE_DATE = "payment_due_date"
_TERMS = "payment_terms"
_MOST = 12


@dataclass(frozen=True, slots=True)
class _Offer:
    """What stands in fields of a list of its own, or follows from the terms; without `needed`, nothing is said."""

    group: str  # of `extras`
    fields: Mapping[str, str]  # by hole
    figures: Mapping[str, Figure]  # by hole
    has_figures_of_fields: (
        bool  # the first figures are those of the fields; else all are of the terms
    )
    needed: str


_DISCOUNTS = _Offer(
    group="cash_discounts",
    fields={"percentage": "percentage", "days": "days", "date": "due_date"},
    figures={
        "percentage": Figure.DISCOUNT_PERCENT,
        "date": Figure.DISCOUNT_LAST_DAY,
        "saving": Figure.DISCOUNT_SAVING,
        "amount": Figure.DISCOUNTED_AMOUNT,
    },
    has_figures_of_fields=True,
    needed="percentage",
)
_INSTALMENTS = _Offer(
    group="instalments",
    fields={"amount": "amount", "date": "due_date"},
    figures={"amount": Figure.INSTALMENT_AMOUNT, "date": Figure.INSTALMENT_LAST_DAY},
    has_figures_of_fields=False,
    needed="amount",
)


def due_date(context: PlanContext) -> dict[str, Filling]:
    """Returns the day by which it has to be paid, as it is stated or as it follows from the terms."""
    stated = context.slots(payment_due_date=DUE_DATE)
    if stated:
        return {**stated}
    derived = context.derived(DerivedSlot(Figure.DUE_DATE))
    return {"payment_due_date": derived} if derived else {}


def discounts(context: PlanContext, direction: FactKind) -> Iterator[Fact]:
    """Yields what is paid less, or in parts; nothing where nothing has to be paid."""
    if direction not in DEMANDS:
        return
    offered = _offers(context, _DISCOUNTS, context.figures.discount_count)
    if len(offered) == 1:
        yield Fact(FactKind.DISCOUNT, offered[0])
    elif offered:
        items = (Fact(FactKind.DISCOUNT_OF_SEVERAL, slots) for slots in offered)
        yield Fact(FactKind.DISCOUNTS, items=tuple(items))
    parts = _offers(context, _INSTALMENTS, context.figures.instalment_count)
    if parts:
        items = (Fact(FactKind.INSTALMENT, slots) for slots in parts)
        yield Fact(FactKind.INSTALMENTS, items=tuple(items))


def terms(context: PlanContext, direction: FactKind, *, understood_too: bool) -> Iterator[Fact]:
    """Yields the terms as they are written; without `understood_too`, only those that nothing else is said by."""
    text = context.text(_TERMS)
    if text is None or (direction not in DEMANDS and direction is not FactKind.NOT_ASKED):
        return
    is_said_otherwise = direction in DEMANDS and payment_terms(text) != PaymentTerms()
    if understood_too or not is_said_otherwise:
        yield Fact(FactKind.PAYMENT_TERMS, {"terms": Slot(_TERMS)})


def has_parts(context: PlanContext) -> bool:
    """Says whether it is paid in instalments, each with its own day."""
    extras = context.content.extras
    return bool(context.figures.instalment_count or (extras is not None and extras.instalments))


def _offers(
    context: PlanContext, offer: _Offer, figure_count: int
) -> Sequence[Mapping[str, Filling]]:
    """Returns the slots of each that stands in fields of its own, and of each that the terms tell of."""
    extras = context.content.extras
    stated_count = len(getattr(extras, offer.group)) if extras else 0
    first_figure = 0 if offer.has_figures_of_fields else stated_count
    found: list[Mapping[str, Filling]] = []
    for index in range(min(max(stated_count, first_figure + figure_count), _MOST)):
        figures = {
            hole: context.derived(DerivedSlot(figure, index=index - first_figure))
            for hole, figure in offer.figures.items()
            if index >= first_figure
        }
        slots: dict[str, Filling] = {hole: slot for hole, slot in figures.items() if slot}
        if index < stated_count:
            path = f"extras.{offer.group}[{index}]"
            paths = {hole: f"{path}.{name}" for hole, name in offer.fields.items()}
            slots |= context.slots(**paths)
        found.append(slots)
    return [slots for slots in found if offer.needed in slots]
