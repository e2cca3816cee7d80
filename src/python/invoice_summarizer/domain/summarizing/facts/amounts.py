"""How much: total, VAT or why there is none, and what was added, taken off or paid before."""

from collections.abc import Iterator

from invoice_summarizer.domain.summarizing.facts.fact import Fact
from invoice_summarizer.domain.summarizing.facts.ground import Ground
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.segments import Slot

MOST_ROWS = 5
# UNTDID 5305: reverse charge, exempt, export, intra-community supply, outside the scope, zero rate.
_WITHOUT_VAT = frozenset({"AE", "E", "G", "K", "O", "Z"})


def totals(ground: Ground) -> Iterator[Fact]:
    slots = ground.slots(
        total="totals.amount_with_vat",
        net="totals.amount_without_vat",
        vat="totals.vat_amount",
    )
    if ground.amount("totals.vat_amount") == 0:
        slots.pop("vat")  # the rows say why
    if "total" in slots or "vat" in slots:
        yield Fact(FactKind.TOTAL, slots | _only_rate(ground))
    elif slots:
        yield Fact(FactKind.NET, slots)


def vat_rows(ground: Ground) -> Iterator[Fact]:
    """Yields the VAT of each rate, where the total does not say it already, and why there is none."""
    for index, row in enumerate(ground.content.vat_breakdown[:MOST_ROWS]):
        path = f"vat_breakdown[{index}]"
        slots = ground.slots(
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
        elif row.tax_amount and "rate" in slots and "tax" in slots and not _only_rate(ground):
            yield Fact(
                FactKind.VAT_ROW,
                {name: slots[name] for name in ("rate", "base", "tax") if name in slots},
            )


def _only_rate(ground: Ground) -> dict[str, Slot]:
    """Returns the rate by which all VAT is charged; nothing where there are several, or the row is not the total."""
    of_total = ground.amount("totals.amount_without_vat"), ground.amount("totals.vat_amount")
    of_row = (
        ground.amount("vat_breakdown[0].taxable_amount"),
        ground.amount("vat_breakdown[0].tax_amount"),
    )
    if len(ground.content.vat_breakdown) != 1 or None in of_total or of_row != of_total:
        return {}
    return ground.slots(rate="vat_breakdown[0].rate")


def additions(ground: Ground, direction: FactKind) -> Iterator[Fact]:
    accounting = ground.slots(amount="totals.vat_amount_in_accounting_currency")
    if accounting:
        yield Fact(FactKind.VAT_IN_ACCOUNTING_CURRENCY, accounting)
    for kind, group in ((FactKind.ALLOWANCE, "allowances"), (FactKind.CHARGE, "charges")):
        rows = getattr(ground.content, group)
        for index in range(min(len(rows), MOST_ROWS)):
            path = f"{group}[{index}]"
            if ground.amount(f"{path}.amount"):
                yield Fact(kind, ground.slots(amount=f"{path}.amount", reason=f"{path}.reason"))
    for kind, path in (
        (FactKind.PREPAID, "totals.paid_amount"),
        (FactKind.ROUNDING, "totals.rounding_amount"),
        (FactKind.PRIOR_BALANCE, "extras.prior_balance"),
    ):
        is_said = kind is FactKind.PREPAID and direction is FactKind.PAID_ALREADY
        if ground.amount(path) and not is_said:
            yield Fact(kind, {"amount": Slot(path)})
