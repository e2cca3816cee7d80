"""What CII can say of a content without its being read as something else."""

from msgspec.structs import replace

from en16931.counted_lines import counts
from en16931.model import InvoiceContent, InvoiceLine, LineKind
from en16931.writing.arranged import without_discounts_of_terms

_UNCOUNTED = (LineKind.GROUP, LineKind.INFORMATION)


def sayable_in_cii(content: InvoiceContent) -> InvoiceContent:
    """Returns the content without what would be said otherwise.

    - Without dates of instalments where it has no due date: the date that they share would be that (BT-9). Terms without
      an amount are no instalment.
    - Without lines that do not count, but for groups and informations, whose code says so; and without that code of
      lines that count.
    - Without discounts that its payment terms state: these are read from there.
    """
    content = without_discounts_of_terms(content)
    lines = tuple(
        _line(line) for line in content.lines if counts(line) or _kind(line) in _UNCOUNTED
    )
    content = replace(content, lines=lines)
    if content.extras is None or not content.extras.instalments:
        return content
    instalments = tuple(
        each if content.payment_due_date is not None else replace(each, due_date=None)
        for each in content.extras.instalments
        if each.amount is not None
    )
    return replace(content, extras=replace(content.extras, instalments=instalments))


def _line(line: InvoiceLine) -> InvoiceLine:
    if line.extras is None or not counts(line) or _kind(line) not in _UNCOUNTED:
        return line
    return replace(line, extras=replace(line.extras, kind=None))


def _kind(line: InvoiceLine) -> LineKind | None:
    return line.extras.kind if line.extras is not None else None
