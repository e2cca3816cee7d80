"""LINE-AMOUNT-01 and LINE-RATE-01: is each line quantity times price, and does the VAT breakdown have its rate?"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, DecimalException

from en16931.exact import EXACT, exact_sum, to_cents
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceLine
from en16931.rules.declared import Declared
from en16931.rules.rule import finding_of
from invoice_reading.check.pack import OWN

_MOST_OF_LINES = 20  # findings on single lines: a long invoice has thousands of them
_ONE = Decimal(1)


class LineAmounts:
    """A `Rule` on the content: a finding for each of the first lines that differ, else one that all are so.

    It is asked of content that claims EN 16931: the columns of a page may be other prices. BT-131 = BT-129 x BT-146 / BT-149 + Σ BT-141 - Σ BT-136, where quantity, price and amount are stated. The slack is
    what the last digit of a rounded price makes of the quantity, and a cent. That it fails is information only: prices
    are printed rounded, and a line may have a minimum.
    """

    rule_id = "LINE-AMOUNT-01"
    pack = OWN
    severity = Severity.INFORMATION
    text = "the net amount of each line is its quantity times its price, with its charges and less its allowances"
    fields = (
        "lines[*].net_amount",
        "lines[*].invoiced_quantity",
        "lines[*].price.net_price",
        "lines[*].price.base_quantity",
    )

    def check(self, declared: Declared) -> Iterator[Finding]:
        if not declared.stated.is_complete:
            return
        holds, rest = False, _MOST_OF_LINES
        for index, line in enumerate(declared.content.lines):
            try:
                sides = amount_sides(line)
            except DecimalException:
                continue  # an amount that is no finite number comes from no document
            if sides is None:
                continue
            stated, computed, slack = sides
            residual = EXACT.subtract(stated, computed)
            if residual.copy_abs() <= slack:
                holds = True
            elif rest:
                rest -= 1
                paths = tuple(field.replace("[*]", f"[{index}]") for field in self.fields[:3])
                yield replace(
                    finding_of(self, Outcome.FAILED, paths),
                    left=stated,
                    right=computed,
                    residual=residual,
                    tolerance=slack,
                )
        if holds and rest == _MOST_OF_LINES:
            yield finding_of(self, Outcome.PASSED)


def amount_sides(line: InvoiceLine) -> tuple[Decimal, Decimal, Decimal] | None:
    """Returns the stated amount, the computed one, and by how much they may differ; None where there is no price."""
    price = line.price.net_price if line.price is not None else None
    if line.net_amount is None or line.invoiced_quantity is None or price is None:
        return None
    base = (line.price.base_quantity if line.price is not None else None) or _ONE
    quantity = line.invoiced_quantity / base
    charges = exact_sum(part.amount for part in line.charges if part.amount is not None)
    allowances = exact_sum(part.amount for part in line.allowances if part.amount is not None)
    changed = EXACT.subtract(charges, allowances)
    computed = to_cents(EXACT.add(quantity * price, changed))
    exponent = price.as_tuple().exponent
    half_of_last_digit = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    slack = to_cents(quantity.copy_abs() * half_of_last_digit + Decimal("0.01"))
    return line.net_amount, computed, slack


class LineRates:
    """A `Rule` on the content: a finding for each of the first lines whose rate the breakdown lacks, else one.

    It is asked of content that claims EN 16931, and nothing is said without a breakdown. That it fails is information only: the sums of each rate are other rules.
    """

    rule_id = "LINE-RATE-01"
    pack = OWN
    severity = Severity.INFORMATION
    text = "the VAT breakdown has the rate of each line"
    fields = ("lines[*].vat.rate", "vat_breakdown[*].rate")

    def check(self, declared: Declared) -> Iterator[Finding]:
        content = declared.content
        rates = {row.rate for row in content.vat_breakdown if row.rate is not None}
        stated = [
            (index, line.vat.rate)
            for index, line in enumerate(content.lines)
            if line.vat is not None and line.vat.rate is not None
        ]
        if not (declared.stated.is_complete and rates and stated):
            return
        missing = [index for index, rate in stated if rate not in rates]
        for index in missing[:_MOST_OF_LINES]:
            yield finding_of(self, Outcome.FAILED, (f"lines[{index}].vat.rate",))
        if not missing:
            yield finding_of(self, Outcome.PASSED)
