"""The figures that payment terms make, as expressions: until when, how much less, and which part by when.

Discounts stand in fields of their own (`extras.cash_discounts`) or in the text of BT-20. Those of fields come first,
each at its place in the list; of the text, those that no field states.

Where the terms contradict themselves, the date of the invoice or the amount due, there are none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision

from en16931.derivation import DerivationError, derive, derive_date
from en16931.model import InvoiceContent
from invoice_summarizer.domain.payment_terms.reading import payment_terms
from invoice_summarizer.domain.payment_terms.terms import (
    Day,
    Deadline,
    Discount,
    Instalment,
    Number,
    PaymentTerms,
)
from invoice_summarizer.domain.summarizing.binding import Annotations, bound_value

_TERMS = "payment_terms"
_STATED = "extras.cash_discounts"
_DUE = "totals.amount_due"
_USUAL_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class _Discount:
    """A discount, as expressions; `percent` and `last_day` are None where a field lacks what they need."""

    percent: str | None
    last_day: str | None
    base: str


class TermFigures:
    """The expressions of one content; each is None where the terms do not make the figure."""

    def __init__(self, content: InvoiceContent, annotations: Annotations) -> None:
        self._content = content
        self._annotations = annotations
        currency = bound_value(content, annotations, "currency_code")
        self._currency = currency if isinstance(currency, str) else None
        amount = bound_value(content, annotations, _DUE)
        self._amount_due = amount if isinstance(amount, Decimal) and amount.is_finite() else None
        text = bound_value(content, annotations, _TERMS)
        read = payment_terms(text) if isinstance(text, str) else PaymentTerms()
        self._net = read.net
        self._discounts = self._all_discounts(read.discounts)
        self._instalments = read.instalments if self._makes_a_whole(read.instalments) else ()

    @property
    def stated_discount_count(self) -> int:
        """How many stand in fields of their own."""
        extras = self._content.extras
        return len(extras.cash_discounts) if extras else 0

    @property
    def discount_count(self) -> int:
        return len(self._discounts)

    @property
    def instalment_count(self) -> int:
        return len(self._instalments)

    def due_date(self) -> str | None:
        return self._last_day(self._net) if self._net else None

    def discount_percent(self, index: int) -> str | None:
        """Of a discount that only the text states: a field is a figure by itself."""
        discount = self._discount(index)
        return discount.percent if discount and index >= self.stated_discount_count else None

    def discount_last_day(self, index: int) -> str | None:
        discount = self._discount(index)
        return discount.last_day if discount else None

    def discount_saving(self, index: int) -> str | None:
        """What who pays in time keeps: less than the amount due, and more than nothing."""
        discount = self._discount(index)
        if discount is None or discount.percent is None or self._amount_due is None:
            return None
        expression = self._hundredths(discount.base, discount.percent)
        saving = self._value(expression)
        return expression if saving is not None and 0 < saving < self._amount_due else None

    def discounted_amount(self, index: int) -> str | None:
        """What who pays in time pays."""
        saving = self.discount_saving(index)
        return f"{_DUE} - {saving}" if saving else None

    def instalment_amount(self, index: int) -> str | None:
        part = self._instalment(index)
        return self._part(part) if part else None

    def instalment_last_day(self, index: int) -> str | None:
        part = self._instalment(index)
        return self._last_day(part.deadline) if part else None

    def _all_discounts(self, read: Sequence[Discount]) -> Sequence[_Discount]:
        stated = [self._stated(index) for index in range(self.stated_discount_count)]
        terms = {
            (self._value(each.percent or ""), self._date(each.last_day or "")) for each in stated
        }
        written = [
            _Discount(
                percent=_number(each.percent),
                last_day=last_day,
                base=_number(each.base_amount) if each.base_amount else _DUE,
            )
            for each in read
            if (last_day := self._last_day(each.deadline))
            and (each.percent.value, self._date(last_day)) not in terms
        ]
        return [*stated, *written]

    def _stated(self, index: int) -> _Discount:
        path = f"{_STATED}[{index}]"
        percent, days, base = f"{path}.percentage", f"{path}.days", f"{path}.base_amount"
        day = f"{path}.due_date"
        after = f"issue_date + {days} days" if self._is_bound(days) else None
        return _Discount(
            percent=percent if self._is_bound(percent) else None,
            last_day=day if self._is_bound(day) else after,
            base=base if self._is_bound(base) else _DUE,
        )

    def _is_bound(self, path: str) -> bool:
        return bound_value(self._content, self._annotations, path) is not None

    def _discount(self, index: int) -> _Discount | None:
        return self._discounts[index] if index < len(self._discounts) else None

    def _instalment(self, index: int) -> Instalment | None:
        return self._instalments[index] if index < len(self._instalments) else None

    def _last_day(self, deadline: Deadline) -> str | None:
        """Returns the expression of the last day, where days and date, if both are said, give the same."""
        said = (
            f"issue_date + {_number(deadline.days)} days" if deadline.days else None,
            _day(deadline.day) if deadline.day else None,
        )
        expressions = [expression for expression in said if expression]
        days = {self._date(expression) for expression in expressions}
        return expressions[-1] if len(days) == 1 and None not in days else None

    def _part(self, part: Instalment) -> str | None:
        if part.percent is not None:
            return self._hundredths(_DUE, _number(part.percent))
        return _number(part.amount) if part.amount else None

    def _makes_a_whole(self, parts: Sequence[Instalment]) -> bool:
        """Says whether all parts have a day and the currency of the invoice, and make the amount due together."""
        amounts = [self._value(self._part(part) or "") for part in parts]
        return (
            all(self._last_day(part.deadline) for part in parts)
            and all((part.currency_code or self._currency) == self._currency for part in parts)
            and None not in amounts
            and sum(amount for amount in amounts if amount is not None) == self._amount_due
        )

    def _hundredths(self, base: str, percent: str) -> str:
        decimals = get_currency_precision(self._currency) if self._currency else _USUAL_DECIMALS
        return f"round({base} * {percent} / 100, {decimals})"

    def _value(self, expression: str) -> Decimal | None:
        try:
            return derive(expression, self._content).value
        except DerivationError:
            return None

    def _date(self, expression: str) -> date | None:
        try:
            return derive_date(expression, self._content).value
        except DerivationError:
            return None


def _number(number: Number) -> str:
    return f"number({_TERMS}, {number.begin}, {number.end})"


def _day(day: Day) -> str:
    return f"date({_TERMS}, {day.begin}, {day.end})"
