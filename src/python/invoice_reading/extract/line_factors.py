"""Which numbers of a row are multiplied to its amount: quantity, price, and the units that the price is of."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from en16931.exact import EXACT, product_meets
from invoice_reading.extract.lexicon import Column
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark, NumberText
from invoice_reading.extract.row_numbers import AMOUNT_COLUMNS, is_inside_text, may_be_quantity

# What stands in these columns neither counts anything nor is the price of one.
_NO_FACTORS = (Column.POSITION, Column.VAT_RATE, Column.TAX_AMOUNT, *AMOUNT_COLUMNS)
_BASES = {Decimal(10) ** power: power for power in (1, 2, 3, 4)}  # units that a price is of


def product(
    numbers: dict[Column, NumberText], row: MarkedRow, mark: DecimalMark | None
) -> tuple[bool, dict[Column, NumberText]]:
    """Returns whether quantity times price is the amount; other numbers of the row are tried where the columns fail.

    A price of several units closes with its base, which is kept where it does; a price whose base is not printed is
    left out.
    """
    amount = numbers.get(Column.AMOUNT) or numbers.get(Column.GROSS_AMOUNT)
    total = amount.value(mark) if amount else None
    base = numbers.get(Column.PRICE_BASE)
    plain = {column: number for column, number in numbers.items() if number is not base}
    if amount is None or total is None:
        return False, plain
    quantity, price = numbers.get(Column.QUANTITY), numbers.get(Column.UNIT_PRICE)
    no_factors = [numbers[column] for column in _NO_FACTORS if column in numbers]
    if quantity and price:
        if _closes(quantity.value(mark), price.value(mark), total):
            return True, plain
        based = base if base is not None else _base_in(row, (quantity, price, *no_factors), mark)
        if based is not None and _closes_with_base(quantity, price, based, total, mark):
            return True, {**plain, Column.PRICE_BASE: based}
    if total == 0:
        return False, plain
    others = [
        one
        for one in row.numbers
        if one not in no_factors
        and not one.percent
        and not (quantity and price and is_inside_text(row, one))  # "hose, 12 mm" counts nothing
    ][:8]
    if quantity and not price:
        found = _price_beside(quantity, others, total, mark)
        if found is not None:
            return True, {**plain, **found}
    for left in others:
        for right in others:
            if left.begin < right.begin and _closes(left.value(mark), right.value(mark), total):
                factors = _quantity_and_price(left, right)
                if factors is not None:
                    quantity, price = factors
                    return True, {**plain, Column.QUANTITY: quantity, Column.UNIT_PRICE: price}
    if quantity and price and _is_of_several(quantity.value(mark), price.value(mark), total):
        return False, {column: one for column, one in plain.items() if one is not price}
    return False, plain


def _price_beside(
    quantity: NumberText, others: Sequence[NumberText], total: Decimal, mark: DecimalMark | None
) -> Mapping[Column, NumberText] | None:
    """Returns the price by which the quantity of its column comes to the amount, of one or of several with their base."""
    prices = [one for one in others if one is not quantity]
    for price in prices:
        if _closes(quantity.value(mark), price.value(mark), total):
            return {Column.UNIT_PRICE: price}
    for price in prices:
        for base in prices:
            if base is not price and _closes_with_base(quantity, price, base, total, mark):
                return {Column.UNIT_PRICE: price, Column.PRICE_BASE: base}
    return None


def _base_in(
    row: MarkedRow, others: Sequence[NumberText], mark: DecimalMark | None
) -> NumberText | None:
    """Returns a number of the row that can be the base of its price: "per 100", "/ 1.000"."""
    return next(
        (
            number
            for number in row.numbers
            if number not in others
            and not number.percent
            and number.currency is None
            and number.value(mark) in _BASES
        ),
        None,
    )


def _closes_with_base(
    quantity: NumberText,
    price: NumberText,
    base: NumberText,
    total: Decimal,
    mark: DecimalMark | None,
) -> bool:
    return _closes(quantity.value(mark), _price_of_one(price.value(mark), base.value(mark)), total)


def _price_of_one(price: Decimal | None, base: Decimal | None) -> Decimal | None:
    if price is None or base not in _BASES:
        return None
    return EXACT.scaleb(price, -_BASES[base])


def _is_of_several(quantity: Decimal | None, price: Decimal | None, total: Decimal) -> bool:
    """Returns whether quantity times price is the amount a hundred times over, or ten, or a thousand."""
    return any(_closes(quantity, _price_of_one(price, base), total) for base in _BASES)


def _quantity_and_price(
    left: NumberText, right: NumberText
) -> tuple[NumberText, NumberText] | None:
    """Returns which of two factors, in their order on the page, counts and which is the price of one."""
    quantity_first = left.decimals != 2 or right.decimals == 2
    orders = ((left, right), (right, left)) if quantity_first else ((right, left), (left, right))
    return next((order for order in orders if may_be_quantity(order[0])), None)


def _closes(quantity: Decimal | None, price: Decimal | None, total: Decimal) -> bool:
    if quantity is None or price is None or quantity == 0:
        return False
    return product_meets(quantity, price, total)
