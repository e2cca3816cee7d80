"""Lines that are parts of other lines, whose amounts are a part of the amount of that line."""

from en16931.model import InvoiceLine


def whole_of(line: InvoiceLine) -> str | None:
    """Returns the identifier (BT-126) of the line that this one is a part of; None where it counts by itself."""
    extras = line.extras
    if extras is None or extras.counts_in_sums is not False:
        return None
    return (extras.parent_identifier or "").strip() or None
