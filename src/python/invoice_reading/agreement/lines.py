"""The lines: how many there are, and the item, amount, quantity with its unit and price of each."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from en16931.exact import exact_sum
from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.item_names import compare_item_name
from invoice_reading.agreement.line_rows import LineRows, cells
from invoice_reading.agreement.line_units import compare_unit
from invoice_reading.agreement.page_values import page_value
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.products import makes, product, with_rate
from invoice_reading.agreement.signs import Signs, signs
from invoice_reading.agreement.stated_amounts import adjustments
from invoice_reading.agreement.unit_prices import is_price
from invoice_reading.extract.confidence import IMPLIED
from invoice_reading.extract.marked_rows import MarkedRow

_LONGEST_FACTOR = 9  # characters; longer numbers are those of articles
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
    sign = signs(content, printed)
    for index, line in enumerate(content.lines):
        path = f"lines[{index}]"
        if line.item is not None and line.item.name:
            yield Comparison(Group.LINES, f"{path}.item.name", *compare_item_name(line, rows))
        if line.net_amount and line.net_amount.is_finite():
            verdict = _amount(line, line.net_amount, printed, rows, are_printed)
            other = _other_sign(line, line.net_amount, rows, sign)
            if verdict[0] is Verdict.AGREES and other is not None:
                verdict = (Verdict.DISAGREES, other)
            yield Comparison(Group.LINES, f"{path}.net_amount", *verdict)
        if line.invoiced_quantity and line.invoiced_quantity.is_finite():
            verdict = _factor(line, "invoiced_quantity", line.invoiced_quantity, rows)
            yield Comparison(Group.LINES, f"{path}.invoiced_quantity", *verdict)
            if line.quantity_unit_code:
                unit = compare_unit(line, rows)
                yield Comparison(Group.LINES, f"{path}.quantity_unit_code", *unit)
        price = line.price.net_price if line.price is not None else None
        if price and price.is_finite():
            verdict = _factor(line, "price.net_price", price, rows)
            yield Comparison(Group.LINES, f"{path}.price.net_price", *verdict)


def _amount(
    line: InvoiceLine,
    amount: Decimal,
    printed: PrintedDocument,
    rows: LineRows,
    are_printed: bool,
) -> tuple[Verdict, Printed | None]:
    found = printed.amounts.money(amount) or _whole_amount(line, amount, rows)
    beside = _behind_price(line, amount, rows)
    if found is not None and beside is None and (not found.is_money or _is_beside_name(line, rows)):
        return Verdict.AGREES, Printed(found.region, amount)
    beside = beside or _beside_name(line, amount, printed, rows)
    other = beside or _product(line, amount, printed)
    if found is not None and other is None:
        return Verdict.AGREES, Printed(found.region, amount)
    if other is not None:
        return Verdict.DISAGREES, other
    if any(printed.amounts.money(gross) for gross in _gross_amounts(line, amount)):
        return Verdict.NOT_PRINTED, None
    return (Verdict.DISAGREES if are_printed else Verdict.NOT_PRINTED), None


def _other_sign(line: InvoiceLine, amount: Decimal, rows: LineRows, sign: Signs) -> Printed | None:
    """Returns the amount of the line with its sign on the page, where that is another."""
    # The last of such a size in its row: a price may be one, too.
    last = [
        next((cell for cell in reversed(rows.numbers(row)) if cell.size == abs(amount)), None)
        for row in rows.with_amount(line)
    ]
    return sign.other(amount, [cell for cell in last if cell is not None and cell.is_money])


def _product(line: InvoiceLine, amount: Decimal, printed: PrintedDocument) -> Printed | None:
    """Returns the product of quantity and price, where the pages print that and it is not the amount."""
    price = line.price
    if line.allowances or line.charges or price is None or price.net_price is None:
        return None
    quantity, base = line.invoiced_quantity, price.base_quantity
    if quantity is None or base not in (None, Decimal(1)):
        return None
    made = product(quantity, price.net_price)
    if made is None or makes(quantity, price.net_price, amount):
        return None
    found = printed.amounts.money(made) if made else None
    return Printed(found.region, found.size) if found is not None else None


def _whole_amount(line: InvoiceLine, amount: Decimal, rows: LineRows) -> PrintedAmount | None:
    """Returns the last number beside the name that is the amount, of pages that print no decimals."""
    return next(
        (
            cell
            for row in rows.with_name(line)
            for near in rows.around(row)
            for cell in reversed(rows.numbers(near))
            if cell.size == abs(amount)
        ),
        None,
    )


def _is_beside_name(line: InvoiceLine, rows: LineRows) -> bool:
    return any(rows.is_near_name(row, line) for row in rows.with_amount(line))


def _behind_price(line: InvoiceLine, amount: Decimal, rows: LineRows) -> Printed | None:
    """Returns the amount that stands behind a price of the size of the amount, of a line of one piece."""
    price = line.price.net_price if line.price is not None else None
    if price is None or abs(price) != abs(amount):
        return None
    known = {abs(figure) for figure in _other_figures(line)}
    found: Printed | None = None
    for row in rows.with_amount(line):
        if not rows.is_near_name(row, line):
            continue
        money = [cell for cell in rows.numbers(row) if cell.is_money]
        if money and money[-1].size == abs(amount) and len(money) > 1:
            return None  # one such row is enough, of an item that is sold in many lines
        at = [cell.begin for cell in money if cell.size == abs(amount)]
        behind = [cell for cell in money if len(at) == 1 and cell.begin > at[0]]
        if found is None and behind and behind[-1].size not in known:
            found = Printed(behind[-1].region, behind[-1].size)
    return found


def _beside_name(
    line: InvoiceLine, amount: Decimal, printed: PrintedDocument, rows: LineRows
) -> Printed | None:
    """Returns the last amount of money beside the name of the line that is none of its other figures."""
    known = {abs(value) for value in (amount, *_other_figures(line), *_gross_amounts(line, amount))}
    for row in rows.with_name(line):
        for near in rows.around(row):
            money = [cell for cell in cells(near, printed) if cell.is_money]
            other = next((cell for cell in reversed(money) if cell.size not in known), None)
            if other is not None:
                return Printed(other.region, other.size)
    return None


def _factor(
    line: InvoiceLine,
    name: str,
    value: Decimal,
    rows: LineRows,
) -> tuple[Verdict, Printed | None]:
    """Returns the verdict on a quantity or a price: what closes with the amount in its row, else what stands near."""
    own = [*rows.with_amount(line)]
    found = [_read(line, row, name, value, rows) or _closing(line, name, row, rows) for row in own]
    closing = [each for each in found if each is not None]
    if closing:
        same = next((each for each in closing if _is_figure(each.value, line, name, rows)), None)
        return (Verdict.AGREES, same) if same else (Verdict.DISAGREES, closing[0])
    for row in (*own, *rows.with_name(line)):
        for near in rows.around(row):
            for cell in _beside_amount(line, near, rows):
                if _is_figure(cell.size, line, name, rows):
                    return Verdict.AGREES, Printed(cell.region, value)
    for row in own:
        other = _unknown_factor(line, name, row, rows)
        if other is not None:
            return Verdict.DISAGREES, other
    return Verdict.NOT_PRINTED, None


def _is_figure(size: object, line: InvoiceLine, name: str, rows: LineRows) -> bool:
    """Returns whether a number is the quantity or the price of the line."""
    if not isinstance(size, Decimal):
        return False
    if name == "invoiced_quantity":
        return line.invoiced_quantity is not None and size == abs(line.invoiced_quantity)
    return is_price(size, line, per_many=rows.per_many)


def _beside_amount(line: InvoiceLine, row: MarkedRow, rows: LineRows) -> list[PrintedAmount]:
    """Returns the numbers of the row without the last that is the amount of the line."""
    numbers = [cell for cell in rows.numbers(row) if cell.size]
    amount = abs(line.net_amount) if line.net_amount is not None else None
    at_amount = next((cell.begin for cell in reversed(numbers) if cell.size == amount), -1)
    return [cell for cell in numbers if cell.begin != at_amount]


def _closing(line: InvoiceLine, name: str, row: MarkedRow, rows: LineRows) -> Printed | None:
    """Returns the number of the row that makes the amount of the line with its other factor, or with any number."""
    amount = abs(line.net_amount or Decimal(0))
    numbers = _beside_amount(line, row, rows)
    other = _other_factor(line, name)
    pairs = (
        (one, two)
        for one in numbers
        for two in numbers
        if one.begin != two.begin and makes(one.size, two.size, amount)
    )
    for one, two in pairs:
        if other is None or two.size == abs(other):
            return Printed(one.region, one.size)
    return None


def _other_factor(line: InvoiceLine, name: str) -> Decimal | None:
    price = line.price.net_price if line.price is not None else None
    return price if name == "invoiced_quantity" else line.invoiced_quantity


def _unknown_factor(line: InvoiceLine, name: str, row: MarkedRow, rows: LineRows) -> Printed | None:
    """Returns a number beside amount and other factor that the XML does not know: it stands where the factor should."""
    other = _other_factor(line, name)
    numbers = _beside_amount(line, row, rows)
    if other is None or not any(cell.size == abs(other) for cell in numbers):
        return None
    known = {abs(figure) for figure in _other_figures(line)}
    read = rows.read(row, name)
    if read is not None and not rows.is_position(row, read.region):
        return None
    is_price = name != "invoiced_quantity"
    found = next(
        (
            cell
            for cell in numbers
            if cell.size not in known and cell.end - cell.begin <= _LONGEST_FACTOR
            if cell.is_money or not is_price
        ),
        None,
    )
    return Printed(found.region, found.size) if found is not None else None


def _read(
    line: InvoiceLine, row: MarkedRow, name: str, value: Decimal, rows: LineRows
) -> Printed | None:
    """Returns what the pages are read into for the field, unless that is another figure of the line."""
    read = rows.read(row, name)
    if read is None or not isinstance(read.value, Decimal) or rows.is_position(row, read.region):
        return None
    size = abs(read.value)
    known = {abs(each) for each in _other_figures(line)} - {abs(value)}
    return None if size in known else Printed(read.region, size)


def _gross_amounts(line: InvoiceLine, amount: Decimal) -> Iterator[Decimal]:
    rate = line.vat.rate if line.vat is not None else None
    gross = with_rate(amount, rate) if rate is not None else None
    if gross is not None:
        yield gross
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
