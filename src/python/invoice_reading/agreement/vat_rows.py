"""The rows of the VAT breakdown: a rate, what it is charged on, and what it makes."""

from collections.abc import Iterator
from decimal import Decimal

from en16931.model import InvoiceContent, VatBreakdown
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.line_rows import LineRows
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.signs import signs
from invoice_reading.agreement.totals import captioned
from invoice_reading.extract.amount_captions import AmountKind
from invoice_reading.extract.marked_rows import MarkedRow

_K = AmountKind
_CAPTIONS = {
    "taxable_amount": frozenset({_K.NET, _K.TAXABLE}),
    "tax_amount": frozenset({_K.TAX}),
}
_FIELDS = ("taxable_amount", "tax_amount", "rate")


def compare_vat_rows(
    content: InvoiceContent, printed: PrintedDocument, lines: LineRows
) -> Iterator[Comparison]:
    """Yields the verdict on each amount and rate of the breakdown.

    What is printed nowhere is missing where a row of the pages has the other two values and another in its stead, or
    where the only row of the breakdown is told by a caption with another amount.
    """
    sign = signs(content, printed)
    no_lines = [row for row in printed.rows if row.index not in lines.with_line_numbers]
    for index, row in enumerate(content.vat_breakdown):
        for name in _FIELDS:
            value = getattr(row, name)
            if isinstance(value, Decimal) and value.is_finite():
                verdict, where = _compare(content, row, name, value, printed, no_lines)
                if verdict is Verdict.AGREES and name != "rate":
                    places = _places(value, where, printed, no_lines)
                    other = sign.other(value, places)
                    verdict, where = (Verdict.DISAGREES, other) if other else (verdict, where)
                path = f"vat_breakdown[{index}].{name}"
                yield Comparison(Group.VAT_BREAKDOWN, path, verdict, where)


def _compare(
    content: InvoiceContent,
    row: VatBreakdown,
    name: str,
    value: Decimal,
    printed: PrintedDocument,
    no_lines: list[MarkedRow],
) -> tuple[Verdict, Printed | None]:
    others = {
        other: abs(amount)
        for other in _FIELDS
        if other != name and isinstance(amount := getattr(row, other), Decimal)
    }
    found = _found(name, value, printed, no_lines)
    total = _total_of_only_row(content, name, value, printed)
    # What is taxed may be a part of the net amount, and is printed then.
    if total is not None and (found is None or name == "tax_amount"):
        return Verdict.DISAGREES, total
    rows = [each for each in no_lines if _is_of_row(each, name, others, printed)]
    for each in rows:
        on_row = [cell for cell in _cells(name, each, printed) if cell.size == abs(value)]
        if on_row:
            return Verdict.AGREES, Printed(on_row[0].region, value)
    passed_over = {*_wholes(content, row), *(others[each] for each in others if _alike(each, name))}
    other = next(
        (
            Printed(cell.region, cell.size)
            for each in rows
            for cell in _cells(name, each, printed)
            if cell.size not in passed_over
        ),
        None,
    )
    other = other or _under_caption(content, name, value, passed_over, printed)
    if found is not None and (other is None or name != "rate"):
        return Verdict.AGREES, Printed(found.region, value)
    return (Verdict.DISAGREES if other else Verdict.NOT_PRINTED), other


def _places(
    value: Decimal, where: Printed | None, printed: PrintedDocument, no_lines: list[MarkedRow]
) -> list[PrintedAmount]:
    """Returns where the amount stands outside of the lines, whatever its sign."""
    outside = {id(row.row) for row in no_lines}
    places = [each for each in printed.amounts.all(value) if each.is_money]
    in_rows = [each for each in places if id(each.row) in outside]
    return in_rows or [each for each in places if where and each.region == where.region]


def _alike(one: str, other: str) -> bool:
    return (one == "rate") is (other == "rate")


def _found(
    name: str, value: Decimal, printed: PrintedDocument, no_lines: list[MarkedRow]
) -> PrintedAmount | None:
    """Returns where the value stands outside of the lines: of an amount as money, of a rate with its sign."""
    outside = {id(row.row) for row in no_lines}
    for each in printed.amounts.all(value):
        is_of_kind = each.percent if name == "rate" else each.is_money
        if is_of_kind and id(each.row) in outside:
            return each
    return None


def _cells(name: str, row: MarkedRow, printed: PrintedDocument) -> Iterator[PrintedAmount]:
    """Yields the numbers of the row that can be the value: amounts of money, or percentages and bare small numbers."""
    for number in printed.amounts.of_row(row):
        if name == "rate":
            if number.percent or (number.size <= 100 and number.currency is None):
                yield number
        elif number.is_money:
            yield number


def _is_of_row(
    row: MarkedRow, name: str, others: dict[str, Decimal], printed: PrintedDocument
) -> bool:
    """Returns whether the row of the pages has the other values of the row of the breakdown.

    Behind a caption of VAT, the rate alone is enough to know its amount, and the amount to know its rate.
    """
    there = {
        other
        for other, size in others.items()
        if any(cell.size == size for cell in _cells(other, row, printed))
    }
    if others and there == others.keys():
        return True
    key = {"tax_amount": "rate", "rate": "tax_amount"}.get(name)
    if key is None or key not in there or not others[key]:
        return False
    return any(
        group.kind is _K.TAX and group.row is row and group.rates and group.amounts
        for group in printed.groups
    )


def _wholes(content: InvoiceContent, row: VatBreakdown) -> Iterator[Decimal]:
    """Yields what such a row prints beside: the amount with VAT, where there is any."""
    totals = content.totals
    if totals is not None and totals.vat_amount:
        yield from (
            abs(each) for each in (totals.amount_with_vat, totals.amount_due) if each is not None
        )
    if row.taxable_amount is not None and row.tax_amount:
        yield abs(row.taxable_amount + row.tax_amount)


def _total_of_only_row(
    content: InvoiceContent, name: str, value: Decimal, printed: PrintedDocument
) -> Printed | None:
    """Returns the total that the only row of the breakdown has to be, where the pages print that and it is not."""
    totals = content.totals
    if totals is None or len(content.vat_breakdown) != 1 or name == "rate":
        return None
    total = totals.amount_without_vat if name == "taxable_amount" else totals.vat_amount
    found = printed.amounts.money(total) if total is not None else None
    if total is None or found is None or abs(total) == abs(value):
        return None
    return Printed(found.region, abs(total))


def _under_caption(
    content: InvoiceContent,
    name: str,
    value: Decimal,
    passed_over: set[Decimal],
    printed: PrintedDocument,
) -> Printed | None:
    """Returns what a caption gives in place of the value, for the only row of the breakdown."""
    if len(content.vat_breakdown) != 1:
        return None
    if name == "rate":
        rates = (
            (rate, rate.value(printed.reading.context.mark))
            for group in printed.groups
            if group.kind is _K.TAX and any(each.value(None) for each in group.amounts)
            for rate in group.rates
        )
        other = [(rate, size) for rate, size in rates if size is not None]
        if any(size == value for _, size in other):
            return None
        return next(
            (Printed(each.row.region(each.begin, each.end), size) for each, size in other), None
        )
    under = [*captioned(printed, _CAPTIONS[name])]
    if any(size == abs(value) for _, size in under):
        return None
    for number, size in under:
        if size not in passed_over and size:
            return Printed(number.row.region(number.begin, number.end), size)
    return None
