"""Which amounts of an invoice stand in a sum or product that closes, so that none of them can be another alone.

A sum of three amounts and more that are not nothing breaks where one of them is misread. One of two is no more than the
same amount printed twice: it hands on what is known of either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from en16931.counted_lines import counted_lines
from en16931.exact import EXACT, exact_sum, product_meets
from en16931.model import InvoiceContent

_LEAST_TERMS = 3
_CENT = Decimal("0.01")
_ONE = Decimal(1)

Term = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class _Equation:
    """Terms that are in a relation that holds."""

    terms: tuple[Term, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        return tuple(path for path, value in self.terms if value)

    def proves(self, known: set[str]) -> bool:
        return len(self.telling) >= _LEAST_TERMS or any(path in known for path in self.telling)


def closed_amounts(content: InvoiceContent) -> frozenset[str]:
    """Returns the paths of the amounts, quantities and rates that equations prove which hold between what is stated."""
    equations = [*_of_totals(content), *_of_vat(content), *_of_lines(content)]
    known: set[str] = set()
    while True:
        added = {
            path
            for equation in equations
            if equation.proves(known)
            for path, _ in equation.terms
            if path not in known
        }
        if not added:
            return frozenset(known)
        known |= added


def _of_totals(content: InvoiceContent) -> Iterator[_Equation]:
    totals = content.totals
    if totals is None:
        return
    at = "totals"
    lines = [
        (f"lines[{index}].net_amount", line.net_amount) for index, line in counted_lines(content)
    ]
    gross = [
        (
            f"lines[{index}].extras.gross_amount",
            line.extras.gross_amount if line.extras is not None else None,
        )
        for index, line in counted_lines(content)
    ]
    charges = [(f"charges[{i}].amount", each.amount) for i, each in enumerate(content.charges)]
    allowances = [
        (f"allowances[{i}].amount", each.amount) for i, each in enumerate(content.allowances)
    ]
    taxes = [
        (f"vat_breakdown[{i}].tax_amount", row.tax_amount)
        for i, row in enumerate(content.vat_breakdown)
    ]
    taxable = [
        (f"vat_breakdown[{i}].taxable_amount", row.taxable_amount)
        for i, row in enumerate(content.vat_breakdown)
    ]
    line_sum = (f"{at}.line_net_amount", totals.line_net_amount)
    net = (f"{at}.amount_without_vat", totals.amount_without_vat)
    tax = (f"{at}.vat_amount", totals.vat_amount)
    whole = (f"{at}.amount_with_vat", totals.amount_with_vat)
    due = (f"{at}.amount_due", totals.amount_due)
    paid = (f"{at}.paid_amount", totals.paid_amount)
    yield from _sum(whole, [net, tax])
    yield from _sum(whole, [net, *taxes])
    yield from _sum(tax, taxes)
    yield from _sum(net, taxable)
    yield from _sum(net, [*lines, *charges], allowances)
    yield from _sum(net, [line_sum, *charges], allowances)
    yield from _sum(line_sum, lines)
    yield from _sum(whole, gross)
    # What is not stated was not paid.
    yield from _sum(whole, [due] if totals.paid_amount is None else [due, paid])


def _of_vat(content: InvoiceContent) -> Iterator[_Equation]:
    for index, row in enumerate(content.vat_breakdown):
        at = f"vat_breakdown[{index}]"
        taxable, rate, tax = row.taxable_amount, row.rate, row.tax_amount
        if taxable is None or rate is None or tax is None:
            continue
        apart = EXACT.subtract(EXACT.multiply(taxable, EXACT.scaleb(rate, -2)), tax)
        if apart.copy_abs() < _CENT:
            terms = (taxable, rate, tax)
            names = ("taxable_amount", "rate", "tax_amount")
            yield _Equation(tuple((f"{at}.{n}", v) for n, v in zip(names, terms, strict=True)))


def _of_lines(content: InvoiceContent) -> Iterator[_Equation]:
    for index, line in enumerate(content.lines):
        price = line.price.net_price if line.price is not None else None
        quantity, amount = line.invoiced_quantity, line.net_amount
        if price is None or quantity is None or amount is None:
            continue
        # One times an amount is that amount, whatever it is.
        if quantity.copy_abs() == _ONE or not product_meets(quantity, price, amount):
            continue
        at = f"lines[{index}]"
        yield _Equation(
            (
                (f"{at}.invoiced_quantity", quantity),
                (f"{at}.price.net_price", price),
                (f"{at}.net_amount", amount),
            )
        )


def _sum(
    whole: tuple[str, Decimal | None],
    added: Sequence[tuple[str, Decimal | None]],
    taken: Sequence[tuple[str, Decimal | None]] = (),
) -> Iterator[_Equation]:
    """Yields the sum where all of it is stated and it closes."""
    stated = [(path, value) for path, value in (whole, *added, *taken) if value is not None]
    if not added or len(stated) < 1 + len(added) + len(taken):
        return
    parts = stated[1:]
    signed = [
        value if at < len(added) else value.copy_negate() for at, (_, value) in enumerate(parts)
    ]
    if exact_sum(signed) == stated[0][1]:
        yield _Equation(tuple(stated))
