"""The figures that payment terms (BT-20) make, as expressions: until when, how much less, and which part by when.

Where the terms contradict themselves, the date of the invoice or the amount due, there are none.
"""

from collections.abc import Sequence
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
_DUE = "totals.amount_due"
_USUAL_DECIMALS = 2


class TermFigures:
    """The expressions of one content; each is None where the terms do not make the figure."""

    def __init__(self, content: InvoiceContent, annotations: Annotations) -> None:
        self._content = content
        currency = bound_value(content, annotations, "currency_code")
        self._currency = currency if isinstance(currency, str) else None
        amount = bound_value(content, annotations, _DUE)
        self._amount_due = amount if isinstance(amount, Decimal) and amount.is_finite() else None
        text = bound_value(content, annotations, _TERMS)
        read = payment_terms(text) if isinstance(text, str) else PaymentTerms()
        self._net = read.net
        self._discounts = [each for each in read.discounts if self._last_day(each.deadline)]
        self._instalments = read.instalments if self._makes_a_whole(read.instalments) else ()

    @property
    def discount_count(self) -> int:
        return len(self._discounts)

    @property
    def instalment_count(self) -> int:
        return len(self._instalments)

    def due_date(self) -> str | None:
        return self._last_day(self._net) if self._net else None

    def discount_percent(self, index: int) -> str | None:
        discount = self._discount(index)
        return _number(discount.percent) if discount else None

    def discount_last_day(self, index: int) -> str | None:
        discount = self._discount(index)
        return self._last_day(discount.deadline) if discount else None

    def discount_saving(self, index: int) -> str | None:
        """What who pays in time keeps: less than the amount due, and more than nothing."""
        discount = self._discount(index)
        if discount is None or self._amount_due is None:
            return None
        base = _number(discount.base_amount) if discount.base_amount else _DUE
        expression = self._hundredths(base, discount.percent)
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

    def _discount(self, index: int) -> Discount | None:
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
            return self._hundredths(_DUE, part.percent)
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

    def _hundredths(self, base: str, percent: Number) -> str:
        decimals = get_currency_precision(self._currency) if self._currency else _USUAL_DECIMALS
        return f"round({base} * {_number(percent)} / 100, {decimals})"

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
