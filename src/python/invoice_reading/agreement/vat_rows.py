"""The rows of the VAT breakdown: a rate, what it is charged on, and what it makes."""

from collections.abc import Iterator
from decimal import Decimal

from en16931.model import InvoiceContent, VatBreakdown
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.line_rows import LineRows
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
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
    no_lines = [row for row in printed.rows if row.index not in lines.with_line_numbers]
    for index, row in enumerate(content.vat_breakdown):
        for name in _FIELDS:
            value = getattr(row, name)
            if isinstance(value, Decimal) and value.is_finite():
                verdict, where = _compare(content, row, name, value, printed, no_lines)
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
    found = _found(name, value, printed)
    rows = [each for each in no_lines if _is_of_row(each, others, printed)]
    for each in rows:
        on_row = [cell for cell in _cells(name, each, printed) if cell.size == abs(value)]
        if on_row:
            return Verdict.AGREES, Printed(on_row[0].region, value)
    if found is not None:
        return Verdict.AGREES, Printed(found.region, value)
    passed_over = {*others.values(), *_wholes(content, row)}
    for each in rows:
        for cell in _cells(name, each, printed):
            if cell.size not in passed_over:
                return Verdict.DISAGREES, Printed(cell.region, cell.size)
    other = _under_caption(content, name, passed_over, printed) if value or name != "rate" else None
    return (Verdict.DISAGREES if other else Verdict.NOT_PRINTED), other


def _found(name: str, value: Decimal, printed: PrintedDocument) -> PrintedAmount | None:
    if name != "rate":
        return printed.amounts.money(value)
    return next((each for each in printed.amounts.all(value) if each.percent), None)


def _cells(name: str, row: MarkedRow, printed: PrintedDocument) -> Iterator[PrintedAmount]:
    """Yields the numbers of the row that can be the value: amounts of money, or percentages and bare small numbers."""
    for number in printed.amounts.of_row(row):
        if name == "rate":
            if number.percent or (number.size <= 100 and number.currency is None):
                yield number
        elif number.is_money:
            yield number


def _is_of_row(row: MarkedRow, others: dict[str, Decimal], printed: PrintedDocument) -> bool:
    """Returns whether the row of the pages has the other values of the row of the breakdown."""
    return bool(others) and all(
        any(cell.size == amount for cell in _cells(name, row, printed))
        for name, amount in others.items()
    )


def _wholes(content: InvoiceContent, row: VatBreakdown) -> Iterator[Decimal]:
    """Yields what such a row prints beside: the amount with VAT."""
    totals = content.totals
    if totals is not None:
        yield from (
            abs(each) for each in (totals.amount_with_vat, totals.amount_due) if each is not None
        )
    if row.taxable_amount is not None and row.tax_amount is not None:
        yield abs(row.taxable_amount + row.tax_amount)


def _under_caption(
    content: InvoiceContent, name: str, passed_over: set[Decimal], printed: PrintedDocument
) -> Printed | None:
    """Returns the amount or rate that a caption gives for the only row of the breakdown."""
    if len(content.vat_breakdown) != 1:
        return None
    if name == "rate":
        rates = (
            number for group in printed.groups if group.kind is _K.TAX for number in group.rates
        )
        return next(
            (Printed(rate.row.region(rate.begin, rate.end), rate.value(None)) for rate in rates),
            None,
        )
    zero = Decimal(0)
    for number, size in captioned(printed, _CAPTIONS[name]):
        if size not in passed_over and size != zero:
            return Printed(number.row.region(number.begin, number.end), size)
    return None
