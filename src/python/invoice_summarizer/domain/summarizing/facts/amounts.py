"""How much: total, VAT or why there is none, and what was added, taken off or paid before."""

from collections.abc import Iterator
from decimal import Decimal

from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.facts.fact import Fact
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.segments import Slot

MOST_ROWS = 5
_ROUNDING = "totals.rounding_amount"
# UNTDID 5305: reverse charge, exempt, export, intra-community supply, outside the scope, zero rate.
_WITHOUT_VAT = frozenset({"AE", "E", "G", "K", "O", "Z"})


def totals(context: PlanContext) -> Iterator[Fact]:
    slots = context.slots(
        total="totals.amount_with_vat",
        net="totals.amount_without_vat",
        vat="totals.vat_amount",
    )
    if context.amount("totals.vat_amount") == 0:
        slots.pop("vat")  # the rows say why
    if "total" in slots or "vat" in slots:
        several = len(_rates(context)) > 1
        kind = FactKind.TOTAL_OF_SEVERAL_RATES if several and "vat" in slots else FactKind.TOTAL
        yield Fact(kind, slots | _only_rate(context))
    elif slots:
        yield Fact(FactKind.NET, slots)


def vat_rows(context: PlanContext) -> Iterator[Fact]:
    """Yields the VAT of each rate, where the total does not say it already, and why there is none."""
    for index, row in enumerate(context.content.vat_breakdown[:MOST_ROWS]):
        path = f"vat_breakdown[{index}]"
        slots = context.slots(
            category=f"{path}.category_code",
            reason=f"{path}.exemption_reason",
            rate=f"{path}.rate",
            base=f"{path}.taxable_amount",
            tax=f"{path}.tax_amount",
        )
        if row.category_code in _WITHOUT_VAT and "category" in slots and not row.tax_amount:
            yield Fact(
                FactKind.NO_VAT,
                {name: slots[name] for name in ("category", "reason", "base") if name in slots},
            )
        elif row.tax_amount and "rate" in slots and "tax" in slots and not _only_rate(context):
            yield Fact(
                FactKind.VAT_ROW,
                {name: slots[name] for name in ("rate", "base", "tax") if name in slots},
            )


def _rates(context: PlanContext) -> frozenset[Decimal]:
    """Returns the rates by which VAT is charged, as far as they are sure."""
    found = (
        context.amount(f"vat_breakdown[{index}].rate")
        for index in range(len(context.content.vat_breakdown))
    )
    return frozenset(rate for rate in found if rate is not None)


def _only_rate(context: PlanContext) -> dict[str, Slot]:
    """Returns the rate by which all VAT is charged; nothing where there are several, or the row is not the total."""
    of_total = context.amount("totals.amount_without_vat"), context.amount("totals.vat_amount")
    of_row = (
        context.amount("vat_breakdown[0].taxable_amount"),
        context.amount("vat_breakdown[0].tax_amount"),
    )
    if len(context.content.vat_breakdown) != 1 or None in of_total or of_row != of_total:
        return {}
    return context.slots(rate="vat_breakdown[0].rate")


def additions(context: PlanContext, direction: FactKind) -> Iterator[Fact]:
    accounting = context.slots(amount="totals.vat_amount_in_accounting_currency")
    if accounting:
        yield Fact(FactKind.VAT_IN_ACCOUNTING_CURRENCY, accounting)
    for kind, group in ((FactKind.ALLOWANCE, "allowances"), (FactKind.CHARGE, "charges")):
        rows = getattr(context.content, group)
        for index in range(min(len(rows), MOST_ROWS)):
            path = f"{group}[{index}]"
            if context.amount(f"{path}.amount"):
                yield Fact(kind, context.slots(amount=f"{path}.amount", reason=f"{path}.reason"))
    for kind, path in (
        (FactKind.PREPAID, "totals.paid_amount"),
        (FactKind.PRIOR_BALANCE, "extras.prior_balance"),
    ):
        is_said = kind is FactKind.PREPAID and direction is FactKind.PAID_ALREADY
        if context.amount(path) and not is_said:
            yield Fact(kind, {"amount": Slot(path)})
    yield from _rounding(context)


def _rounding(context: PlanContext) -> Iterator[Fact]:
    """Yields by how much the amount due is rounded; the words say which way."""
    rounding = context.amount(_ROUNDING)
    if rounding and rounding > 0:
        yield Fact(FactKind.ROUNDED_UP, {"amount": Slot(_ROUNDING)})
    elif rounding and (size := context.derived(DerivedSlot(Figure.ROUNDING_SIZE))):
        yield Fact(FactKind.ROUNDED_DOWN, {"amount": size})
