"""What CII can say of a content without its being read as something else."""

from msgspec.structs import replace

from en16931.counted_lines import counts
from en16931.model import CashDiscount, Extras, InvoiceContent, InvoiceLine, LineKind
from en16931.writing.arranged import sayable_discounts, without_discounts_of_terms

_UNCOUNTED = (LineKind.GROUP, LineKind.INFORMATION)


def sayable_in_cii(content: InvoiceContent) -> InvoiceContent:
    """Returns the content without what would be said otherwise.

    - Without dates of instalments and discounts where it has no due date: one of them would be that (BT-9); and of
      discounts that have days, beside which that stands.
    - Without instalments that have no amount, and discounts of nothing: they would be terms of no kind.
    - Without discounts that its payment terms state: these are read from there.
    - Without lines that do not count, but for groups and informations, whose code says so; and without that code of
      lines that count.
    """
    content = without_discounts_of_terms(content)
    kept = (line for line in content.lines if counts(line) or _kind(line) in _UNCOUNTED)
    dated = content.payment_due_date is not None
    extras = content.extras and _extras(content.extras, dated)
    return replace(content, lines=tuple(map(_line, kept)), extras=extras)


def _extras(extras: Extras, dated: bool) -> Extras:
    instalments = (each for each in extras.instalments if each.amount is not None)
    return replace(
        extras,
        instalments=tuple(each if dated else replace(each, due_date=None) for each in instalments),
        cash_discounts=tuple(_discount(each, dated) for each in sayable_discounts(extras)),
    )


def _discount(discount: CashDiscount, dated: bool) -> CashDiscount:
    return discount if dated and discount.days is None else replace(discount, due_date=None)


def _line(line: InvoiceLine) -> InvoiceLine:
    if line.extras is None or not counts(line) or _kind(line) not in _UNCOUNTED:
        return line
    return replace(line, extras=replace(line.extras, kind=None))


def _kind(line: InvoiceLine) -> LineKind | None:
    return line.extras.kind if line.extras is not None else None
