"""Figures that no field holds and that follow from fields: which there are, and by which expression.

`DerivedSlot(Figure.AMOUNT_DUE)` asks for one, as a slot of a fact. A figure is there only
where every field that its expression names is PRESENT with evidence. The gate works the figures out again and accepts no
other expression in their place.
"""

from dataclasses import dataclass
from decimal import Decimal, DecimalException
from enum import StrEnum
from functools import cached_property

from en16931.counted_lines import counted_lines
from en16931.derivation import DerivationError, derive, derive_date
from en16931.exact import EXACT
from en16931.model import InvoiceContent
from invoice_reading.annotation import DateDerivation, Derivation, FieldStatus
from invoice_summarizer.domain.summarizing.binding import (
    Annotations,
    bound_value,
    is_bound,
    is_repeated,
    member_count,
)
from invoice_summarizer.domain.summarizing.term_figures import TermFigures

_LINE_AMOUNTS = "lines[*].net_amount"


class Figure(StrEnum):
    AMOUNT_DUE = "amount_due"  # where BT-115 has no value and nothing contradicts the total
    AMOUNT_DUE_SIZE = "amount_due_size"  # where it is less than nothing: without its sign
    TOTAL_SIZE = "total_size"  # the same of the total
    ROUNDING_SIZE = "rounding_size"  # and of the rounding
    OTHER_LINES_COUNT = "other_lines_count"  # lines with an amount that the text does not speak of
    OTHER_LINES_AMOUNT = "other_lines_amount"  # the sum of their net amounts
    UNSAID_LINES_COUNT = (
        "unsaid_lines_count"  # lines that the text does not speak of, whatever is known of them
    )
    DUE_DATE = "due_date"  # where BT-9 has no value and BT-20 says days or a date
    # Of the discount with the index, in the order of BT-20. Those of one discount may stand in one sentence.
    DISCOUNT_PERCENT = "discount_percent"
    DISCOUNT_LAST_DAY = "discount_last_day"
    DISCOUNT_SAVING = "discount_saving"  # of the base amount that is said, else of the amount due
    DISCOUNTED_AMOUNT = "discounted_amount"  # amount due less the saving
    # Of the instalment with the index. There are none where all together do not make the amount due.
    INSTALMENT_AMOUNT = "instalment_amount"
    INSTALMENT_LAST_DAY = "instalment_last_day"


class FigureForm(StrEnum):
    """How a figure is printed."""

    AMOUNT = "AMOUNT"  # in the currency of the invoice, where that is bound
    COUNT = "COUNT"
    PERCENTAGE = "PERCENTAGE"
    DATE = "DATE"


FORMS = {
    Figure.AMOUNT_DUE: FigureForm.AMOUNT,
    Figure.AMOUNT_DUE_SIZE: FigureForm.AMOUNT,
    Figure.TOTAL_SIZE: FigureForm.AMOUNT,
    Figure.ROUNDING_SIZE: FigureForm.AMOUNT,
    Figure.OTHER_LINES_COUNT: FigureForm.COUNT,
    Figure.OTHER_LINES_AMOUNT: FigureForm.AMOUNT,
    Figure.UNSAID_LINES_COUNT: FigureForm.COUNT,
    Figure.DUE_DATE: FigureForm.DATE,
    Figure.DISCOUNT_PERCENT: FigureForm.PERCENTAGE,
    Figure.DISCOUNT_LAST_DAY: FigureForm.DATE,
    Figure.DISCOUNT_SAVING: FigureForm.AMOUNT,
    Figure.DISCOUNTED_AMOUNT: FigureForm.AMOUNT,
    Figure.INSTALMENT_AMOUNT: FigureForm.AMOUNT,
    Figure.INSTALMENT_LAST_DAY: FigureForm.DATE,
}
OF_OTHER_LINES = frozenset(
    {Figure.OTHER_LINES_COUNT, Figure.OTHER_LINES_AMOUNT, Figure.UNSAID_LINES_COUNT}
)


@dataclass(frozen=True, slots=True)
class DerivedSlot:
    """The place of a derived figure.

    `said_lines` are the lines that the same text speaks of, for OTHER_LINES_* and UNSAID_LINES_COUNT; `index` counts discounts or instalments
    from 0, for theirs.
    """

    figure: Figure
    said_lines: tuple[int, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    slot: DerivedSlot
    derivation: Derivation | DateDerivation
    field_paths: tuple[str, ...]  # of the values that went into it


class DerivedFigures:
    """The derived figures of one content."""

    def __init__(self, content: InvoiceContent, annotations: Annotations) -> None:
        self._content = content
        self._annotations = annotations

    @property
    def discount_count(self) -> int:
        return self._terms.discount_count

    @property
    def instalment_count(self) -> int:
        return self._terms.instalment_count

    def of(self, slot: DerivedSlot) -> DerivedFigure | None:
        """Returns the figure; None where it does not follow from fields that are PRESENT with evidence."""
        expression = self._expression(slot)
        if expression is None:
            return None
        derivation: Derivation | DateDerivation
        try:
            if FORMS[slot.figure] is FigureForm.DATE:
                day = derive_date(expression, self._content)
                derivation = DateDerivation(expression=expression, value=day.value)
                field_paths = day.field_paths
            else:
                derived = derive(expression, self._content)
                derivation = Derivation(expression=expression, value=derived.value)
                field_paths = derived.field_paths
        except DerivationError:
            return None
        if not all(self._is_known(path) for path in field_paths):
            return None
        return DerivedFigure(slot, derivation, field_paths)

    def _expression(self, slot: DerivedSlot) -> str | None:
        match slot.figure:
            case Figure.AMOUNT_DUE:
                return self._amount_due
            case Figure.AMOUNT_DUE_SIZE:
                return self._size("totals.amount_due")
            case Figure.TOTAL_SIZE:
                return self._size("totals.amount_with_vat")
            case Figure.ROUNDING_SIZE:
                return self._size("totals.rounding_amount")
            case Figure.UNSAID_LINES_COUNT:
                return self._unsaid_lines(slot)
            case Figure.OTHER_LINES_COUNT | Figure.OTHER_LINES_AMOUNT:
                return self._other_lines(slot)
            case Figure.DUE_DATE:
                return self._terms.due_date() if self._has_no_value("payment_due_date") else None
            case Figure.DISCOUNT_PERCENT:
                return self._terms.discount_percent(slot.index)
            case Figure.DISCOUNT_LAST_DAY:
                return self._terms.discount_last_day(slot.index)
            case Figure.DISCOUNT_SAVING:
                return self._terms.discount_saving(slot.index)
            case Figure.DISCOUNTED_AMOUNT:
                return self._terms.discounted_amount(slot.index)
            case Figure.INSTALMENT_AMOUNT:
                return self._terms.instalment_amount(slot.index)
            case Figure.INSTALMENT_LAST_DAY:
                return self._terms.instalment_last_day(slot.index)

    def _size(self, path: str) -> str | None:
        amount = self._decimal(path)
        return f"abs({path})" if amount is not None and amount < 0 else None

    @cached_property
    def _terms(self) -> TermFigures:
        return TermFigures(self._content, self._annotations)

    @cached_property
    def _amount_due(self) -> str | None:
        """Total less what is paid, plus rounding (BR-CO-16); a total that net and VAT do not give is no ground."""
        if not self._has_no_value("totals.amount_due") or not self._total_is_sound():
            return None
        expression = "totals.amount_with_vat"
        for path, sign in (("totals.paid_amount", "-"), ("totals.rounding_amount", "+")):
            if is_bound(self._annotations, path):
                expression += f" {sign} {path}"
            elif not self._has_no_value(path):
                return None
        return expression

    def _total_is_sound(self) -> bool:
        net, vat, total = (
            self._decimal(f"totals.{name}")
            for name in ("amount_without_vat", "vat_amount", "amount_with_vat")
        )
        if net is None or vat is None or total is None:
            return total is not None
        try:
            return EXACT.add(net, vat) == total
        except DecimalException:
            return False

    def _is_known(self, path: str) -> bool:
        """Says whether the value is bound, or, of a repeated group, each of its members is there."""
        return is_bound(self._annotations, path) or (
            is_repeated(path) and member_count(self._content, self._annotations, path) is not None
        )

    def _unsaid_lines(self, slot: DerivedSlot) -> str | None:
        """Lines less those that are said; where the amounts of all are certain, OTHER_LINES_COUNT says it better."""
        said = len(set(slot.said_lines))
        if not said or said >= len(self._content.lines):
            return None
        return f"count(lines) - {said}"

    def _other_lines(self, slot: DerivedSlot) -> str | None:
        if not self._every_line_is_certain:
            return None
        said = [index for index in sorted(set(slot.said_lines)) if self._line_amounts.get(index)]
        if len(said) == sum(map(bool, self._line_amounts.values())):
            return None
        if slot.figure is Figure.OTHER_LINES_COUNT:
            return f"nonzero({_LINE_AMOUNTS})" + (f" - {len(said)}" if said else "")
        terms = (f" - lines[{index}].net_amount" for index in said)
        return f"sum({_LINE_AMOUNTS})" + "".join(terms)

    @cached_property
    def _line_amounts(self) -> dict[int, Decimal]:
        amounts = (
            (index, self._decimal(f"lines[{index}].net_amount"))
            for index, _ in counted_lines(self._content)
        )
        return {index: amount for index, amount in amounts if amount is not None}

    @cached_property
    def _every_line_is_certain(self) -> bool:
        """Says whether each line has a bound amount, or none at all, as a line of text has."""
        return all(
            index in self._line_amounts or self._has_no_value(f"lines[{index}].net_amount")
            for index, _ in counted_lines(self._content)
        )

    def _decimal(self, path: str) -> Decimal | None:
        value = bound_value(self._content, self._annotations, path)
        return value if isinstance(value, Decimal) and value.is_finite() else None

    def _has_no_value(self, path: str) -> bool:
        """Says whether no value was found; one that cannot be read may be any."""
        annotation = self._annotations.get(path)
        return annotation is None or annotation.status is FieldStatus.ABSENT
