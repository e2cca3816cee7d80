"""The lines: how many there are, and the amount, quantity and price of each."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from en16931.exact import EXACT, exact_sum, product_meets, to_cents
from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.line_rows import LineRows, cells
from invoice_reading.agreement.page_values import page_value
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.stated_amounts import adjustments
from invoice_reading.extract.confidence import IMPLIED
from invoice_reading.extract.marked_rows import MarkedRow

_HUNDRED = Decimal(100)
_MANY = Decimal("0.5")  # the share of lines that are printed from which on all are


def compare_lines(
    content: InvoiceContent, printed: PrintedDocument, rows: LineRows
) -> Iterator[Comparison]:
    """Yields the verdict on the number of lines, and on the figures of each."""
    if not content.lines:
        return
    yield Comparison(Group.LINES, "lines", *_count(content, printed))
    with_amount = [line for line in content.lines if line.net_amount]
    seen = sum(1 for line in with_amount if printed.amounts.money(line.net_amount or Decimal(0)))
    are_printed = seen >= _MANY * len(with_amount) and seen > 0
    for index, line in enumerate(content.lines):
        path = f"lines[{index}]"
        if line.net_amount and line.net_amount.is_finite():
            verdict = _amount(line, line.net_amount, printed, rows, are_printed)
            yield Comparison(Group.LINES, f"{path}.net_amount", *verdict)
        if line.invoiced_quantity and line.invoiced_quantity.is_finite():
            verdict = _factor(line, "invoiced_quantity", line.invoiced_quantity, printed, rows)
            yield Comparison(Group.LINES, f"{path}.invoiced_quantity", *verdict)
        price = line.price.net_price if line.price is not None else None
        if price and price.is_finite():
            verdict = _factor(line, "price.net_price", price, printed, rows)
            yield Comparison(Group.LINES, f"{path}.price.net_price", *verdict)


def _amount(
    line: InvoiceLine,
    amount: Decimal,
    printed: PrintedDocument,
    rows: LineRows,
    are_printed: bool,
) -> tuple[Verdict, Printed | None]:
    found = printed.amounts.money(amount)
    other = _product(line, amount, printed) or _beside_name(line, amount, printed, rows)
    if found is not None and (other is None or _is_beside_name(line, amount, rows)):
        return Verdict.AGREES, Printed(found.region, amount)
    if other is not None:
        return Verdict.DISAGREES, other
    if any(printed.amounts.money(gross) for gross in _gross_amounts(line, amount)):
        return Verdict.NOT_PRINTED, None
    return (Verdict.DISAGREES if are_printed else Verdict.NOT_PRINTED), None


def _product(line: InvoiceLine, amount: Decimal, printed: PrintedDocument) -> Printed | None:
    """Returns the product of quantity and price, where the pages print that and it is not the amount."""
    price = line.price
    if line.allowances or line.charges or price is None or price.net_price is None:
        return None
    quantity, base = line.invoiced_quantity, price.base_quantity or Decimal(1)
    if quantity is None or not all(each.is_finite() for each in (quantity, price.net_price, base)):
        return None
    stated = EXACT.multiply(amount, base)
    if product_meets(quantity, price.net_price, stated):
        return None
    product = to_cents(EXACT.multiply(quantity, price.net_price)) if base == 1 else None
    found = printed.amounts.money(product) if product else None
    return Printed(found.region, found.size) if found is not None else None


def _is_beside_name(line: InvoiceLine, amount: Decimal, rows: LineRows) -> bool:
    own = {row.index for row in rows.with_amount(line)}
    return any(near.index in own for row in rows.with_name(line) for near in rows.around(row))


def _beside_name(
    line: InvoiceLine, amount: Decimal, printed: PrintedDocument, rows: LineRows
) -> Printed | None:
    """Returns the last amount of money beside the name of the line that is none of its other figures."""
    known = {abs(value) for value in (amount, *_other_figures(line), *_gross_amounts(line, amount))}
    for row in rows.with_name(line):
        for near in rows.around(row):
            money = [cell for cell in cells(near, printed) if cell.is_money]
            if any(cell.size == abs(amount) for cell in money):
                return None
            other = next((cell for cell in reversed(money) if cell.size not in known), None)
            if other is not None:
                return Printed(other.region, other.size)
    return None


def _factor(
    line: InvoiceLine,
    name: str,
    value: Decimal,
    printed: PrintedDocument,
    rows: LineRows,
) -> tuple[Verdict, Printed | None]:
    """Returns the verdict on a quantity or a price: what closes with the amount in its row, else what stands near."""
    own = [*rows.with_amount(line)]
    for row in own:
        closing = _closing(line, name, row, printed) or _read(line, row, name, value, rows)
        if closing is not None:
            same = closing.value == abs(value)
            return (Verdict.AGREES if same else Verdict.DISAGREES), closing
    amount = abs(line.net_amount) if line.net_amount is not None else None
    for row in (*own, *rows.with_name(line)):
        for near in rows.around(row):
            numbers = cells(near, printed)
            at_amount = next((cell.begin for cell in reversed(numbers) if cell.size == amount), -1)
            for cell in numbers:
                if cell.size == abs(value) and cell.begin != at_amount:
                    return Verdict.AGREES, Printed(cell.region, value)
    return Verdict.NOT_PRINTED, None


def _closing(
    line: InvoiceLine, name: str, row: MarkedRow, printed: PrintedDocument
) -> Printed | None:
    """Returns the number of the row that makes the amount of the line with its other factor, or with any number."""
    amount = abs(line.net_amount or Decimal(0))
    numbers = [cell for cell in cells(row, printed) if cell.size]
    at_amount = next((cell.begin for cell in reversed(numbers) if cell.size == amount), -1)
    numbers = [cell for cell in numbers if cell.begin != at_amount]
    price = line.price.net_price if line.price is not None else None
    other = price if name == "invoiced_quantity" else line.invoiced_quantity
    pairs = (
        (one, two)
        for one in numbers
        for two in numbers
        if one.begin != two.begin and product_meets(one.size, two.size, amount)
    )
    for one, two in pairs:
        if other is None or two.size == abs(other):
            return Printed(one.region, one.size)
    return None


def _read(
    line: InvoiceLine, row: MarkedRow, name: str, value: Decimal, rows: LineRows
) -> Printed | None:
    """Returns what the pages are read into for the field, unless that is another figure of the line."""
    read = rows.read(row, name)
    if read is None or not isinstance(read.value, Decimal):
        return None
    size = abs(read.value)
    known = {abs(each) for each in _other_figures(line)} - {abs(value)}
    return None if size in known else Printed(read.region, size)


def _gross_amounts(line: InvoiceLine, amount: Decimal) -> Iterator[Decimal]:
    rate = line.vat.rate if line.vat is not None else None
    if rate is not None and rate.is_finite() and abs(rate) < _HUNDRED:
        factor = EXACT.add(_HUNDRED, rate)
        yield to_cents(EXACT.divide(EXACT.multiply(amount, factor), _HUNDRED))
    if line.extras is not None and line.extras.gross_amount is not None:
        yield line.extras.gross_amount


def _other_figures(line: InvoiceLine) -> Iterator[Decimal]:
    price = line.price
    figures = [line.invoiced_quantity]
    if price is not None:
        figures += [price.net_price, price.gross_price, price.discount]
    figures += [*adjustments(line), line.vat.rate if line.vat is not None else None]
    yield from (figure for figure in figures if figure is not None)


def _count(content: InvoiceContent, printed: PrintedDocument) -> tuple[Verdict, Printed | None]:
    """Returns whether the pages list the same amounts. They are asked only where their lines add up to their net total."""
    on_pages = [line.net_amount for line in printed.reading.content.lines if line.net_amount]
    if not on_pages or not _adds_up(exact_sum(on_pages), printed):
        return Verdict.NOT_DECIDABLE, None
    stated = Counter(abs(line.net_amount) for line in content.lines if line.net_amount)
    stated.update(abs(amount) for amount in adjustments(content))
    for at, line in enumerate(printed.reading.content.lines):
        if not line.net_amount:
            continue
        stated[abs(line.net_amount)] -= 1
        if stated[abs(line.net_amount)] < 0:
            return Verdict.DISAGREES, page_value(printed, f"lines[{at}].net_amount", 0)
    return Verdict.AGREES, None


def _adds_up(total: Decimal, printed: PrintedDocument) -> bool:
    paths = ("totals.line_net_amount", "totals.amount_without_vat")
    values = [page_value(printed, path, IMPLIED) for path in paths]
    return any(value is not None and value.value == total for value in values)
