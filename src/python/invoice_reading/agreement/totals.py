"""The totals of the invoice."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from en16931.model import InvoiceContent
from invoice_reading.agreement.amount_places import AmountPlaces, amount_places
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.implied_totals import implied_total
from invoice_reading.agreement.line_rows import LineRows
from invoice_reading.agreement.page_values import page_value
from invoice_reading.agreement.paid_in_full import is_paid
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.signs import Signs, signs
from invoice_reading.agreement.stated_amounts import adjustments
from invoice_reading.extract.amount_captions import AmountKind, is_whole_amount
from invoice_reading.extract.confidence import CHECKED
from invoice_reading.extract.numbers import NumberText

_K = AmountKind
# By the captions under which pages print each total.
_CAPTIONS: tuple[tuple[str, frozenset[AmountKind]], ...] = (
    ("line_net_amount", frozenset({_K.LINES, _K.NET})),
    ("allowance_amount", frozenset({_K.ALLOWANCE})),
    ("charge_amount", frozenset({_K.CHARGE})),
    ("amount_without_vat", frozenset({_K.NET})),
    ("vat_amount", frozenset({_K.TAX})),
    ("amount_with_vat", frozenset({_K.TOTAL})),
    ("paid_amount", frozenset({_K.PAID})),
    ("rounding_amount", frozenset({_K.ROUNDING})),
    ("amount_due", frozenset({_K.DUE})),
)
# Every invoice prints them.
_ALWAYS_PRINTED = frozenset({"amount_with_vat", "amount_due"})
# Under captions of any other kind an amount is not this one.
_ONLY_AS: dict[str, frozenset[AmountKind]] = {
    "amount_due": frozenset({_K.DUE, _K.TOTAL}),
    "amount_with_vat": frozenset({_K.DUE, _K.TOTAL}),
    "paid_amount": frozenset({_K.PAID, _K.PRIOR}),
}
# What is taken off is printed with a minus or without one.
_SIGNED_EITHER_WAY = frozenset({"allowance_amount", "paid_amount"})
_BEFORE_VAT = frozenset({"line_net_amount", "amount_without_vat"})


def compare_totals(
    content: InvoiceContent, printed: PrintedDocument, lines: LineRows
) -> Iterator[Comparison]:
    """Yields the verdict on each total. What no page need print is missing only where a caption has another amount."""
    if content.totals is None:
        return
    places, sign = amount_places(printed, lines), signs(content, printed)
    for name, kinds in _CAPTIONS:
        value = getattr(content.totals, name)
        if isinstance(value, Decimal):
            yield _compare_total(content, places, sign, name, kinds, value)


def captioned(
    printed: PrintedDocument, kinds: frozenset[AmountKind]
) -> Iterator[tuple[NumberText, Decimal]]:
    """Yields the amounts behind captions that plainly say one of the kinds, with their size."""
    mark = printed.reading.context.mark
    for group in printed.groups:
        if group.kind in kinds and (group.strong or group.kind is _K.TOTAL):
            for number in group.amounts:
                value = number.value(mark)
                if value is not None and (number.is_money or is_whole_amount(number, group.row)):
                    yield number, abs(value)


def _compare_total(
    content: InvoiceContent,
    places: AmountPlaces,
    sign: Signs,
    name: str,
    kinds: frozenset[AmountKind],
    value: Decimal,
) -> Comparison:
    path, printed = f"totals.{name}", places.printed
    under_caption = [*captioned(printed, kinds)]
    own = [number for number, size in under_caption if size == abs(value)]
    found = _outside_of_captions(name, value, places)
    proven = page_value(printed, path, CHECKED)
    is_other = proven is not None and _size(proven) not in (None, abs(value))
    if is_other and not own:
        return _total(path, Verdict.DISAGREES, proven)
    if own:
        return _signed(path, name, value, own, sign)
    passed_over = _other_totals(content, name, value)
    other = next(
        (
            Printed(number.row.region(number.begin, number.end), size)
            for number, size in under_caption
            if size not in passed_over
        ),
        None,
    )
    # Beside another amount under its caption, it is not printed by standing in a line. The caption of what is to be
    # paid is beyond doubt: no other place counts at all.
    outside = set(printed.amounts.rows_with(value)) - places.lines.with_line_numbers
    is_elsewhere = other is not None and not _overlap(found, other)
    if (
        found is not None
        and value
        and (not is_elsewhere or (outside and name not in _ALWAYS_PRINTED))
    ):
        return _signed(path, name, value, places.in_rows(value) or [found], sign)
    if name == "amount_due" and other is None and is_paid(content, printed):
        return _total(path, Verdict.NOT_PRINTED, None)
    other = other or _implied(content, name, value, printed) or proven
    if name in _ALWAYS_PRINTED:
        return _total(path, Verdict.DISAGREES, other or places.whole(value))
    if other is not None or _has_to_be_printed(content, name, printed):
        return _total(path, Verdict.DISAGREES, other)
    return _total(path, Verdict.NOT_PRINTED, None)


def _signed(
    path: str,
    name: str,
    value: Decimal,
    places: Sequence[NumberText | PrintedAmount],
    sign: Signs,
) -> Comparison:
    """Returns that the total is printed at one of the places, if one of them has its sign."""
    other = sign.other(value, places) if name not in _SIGNED_EITHER_WAY else None
    if other is not None:
        return _total(path, Verdict.DISAGREES, other)
    first = sign.first_right(value, places) or places[0]
    return _total(path, Verdict.AGREES, Printed(first.row.region(first.begin, first.end), value))


def _outside_of_captions(name: str, value: Decimal, places: AmountPlaces) -> PrintedAmount | None:
    """Returns where the amount stands; nowhere, where what is to be paid stands only as another amount."""
    found = places.printed.amounts.money(value)
    own = _ONLY_AS.get(name)
    if own is None or not places.is_something_else(value, own):
        return found
    is_told_otherwise = name == "paid_amount" or places.whole(value) is not None
    return None if is_told_otherwise else found


def _implied(
    content: InvoiceContent, name: str, value: Decimal, printed: PrintedDocument
) -> Printed | None:
    """Returns what the other totals make of this one, where the pages print that instead."""
    implied = implied_total(content, name)
    if not implied or abs(implied) == abs(value):
        return None
    found = printed.amounts.money(implied)
    return Printed(found.region, abs(implied)) if found is not None else None


def _has_to_be_printed(content: InvoiceContent, name: str, printed: PrintedDocument) -> bool:
    """Returns whether pages that print the amounts before and after it cannot do without this one."""
    totals = content.totals
    assert totals is not None
    before, after = {
        "paid_amount": (totals.amount_with_vat, totals.amount_due),
        "vat_amount": (totals.amount_without_vat, totals.amount_with_vat),
    }.get(name, (None, None))
    if before is None or after is None or before == after or not getattr(totals, name):
        return False
    parts = [row.tax_amount for row in content.vat_breakdown] if name == "vat_amount" else []
    if any(part and printed.amounts.money(part) for part in parts):
        return False
    return all(printed.amounts.money(each) is not None for each in (before, after))


def _overlap(found: PrintedAmount | None, other: Printed) -> bool:
    """Returns whether the amount is a part of the other: a row may join a count and the amount after it."""
    return found is not None and (
        found.region.page == other.region.page
        and not {span.word for span in found.region.words}.isdisjoint(
            span.word for span in other.region.words
        )
    )


def _size(printed: Printed) -> Decimal | None:
    return abs(printed.value) if isinstance(printed.value, Decimal) else None


def _other_totals(content: InvoiceContent, name: str, value: Decimal) -> set[Decimal]:
    """Returns the sizes of amounts that pages print under a caption of this total though they are others."""
    totals = content.totals
    assert totals is not None
    others: list[Decimal | None] = []
    if name in _BEFORE_VAT and totals.vat_amount:  # "Subtotal" of a shop has the VAT in it
        others += [totals.amount_with_vat, totals.amount_due]
    if name == "line_net_amount" and implied_total(content, name) == value:
        others += [totals.amount_without_vat]
    if name == "vat_amount" and len(content.vat_breakdown) > 1:
        others += [Decimal(0), *(row.tax_amount for row in content.vat_breakdown)]
    if name == "paid_amount":
        others += [totals.amount_due, totals.amount_with_vat]
    if name in ("allowance_amount", "charge_amount"):
        others += adjustments(content)
        for line in content.lines:
            others += adjustments(line)
    return {abs(other) for other in others if other is not None}


def _total(path: str, verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.NUMBER_AND_TOTALS, path, verdict, printed)
