"""Which lines count: the amount of a part of another line, of a group or of an information is in no sum."""

from collections.abc import Iterator

from en16931.model import InvoiceContent, InvoiceLine


def counts(line: InvoiceLine) -> bool:
    """Tells whether the net amount of the line is a part of the sum of the lines (BT-106)."""
    return line.extras is None or line.extras.counts_in_sums is not False


def counted_lines(content: InvoiceContent) -> Iterator[tuple[int, InvoiceLine]]:
    """Yields each line that counts, with its index."""
    return ((index, line) for index, line in enumerate(content.lines) if counts(line))
