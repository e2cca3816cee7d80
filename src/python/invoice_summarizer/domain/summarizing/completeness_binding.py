"""What a summary may say of how much of the document was read: counts of the reading's certificate."""

from decimal import Decimal
from enum import StrEnum

from invoice_reading.annotation import Derivation
from invoice_reading.completeness import Completeness
from invoice_summarizer.domain.summarizing import locale_format
from invoice_summarizer.domain.summarizing.binding import Binding


class CompletenessPart(StrEnum):
    """Each is the expression of its count, over the fields of the invoice's `completeness`."""

    PAGES = "completeness.pages"
    MISSING_PAGES = "completeness.pages - completeness.pages_read"
    ROWS = "completeness.rows_seen"
    MISSING_ROWS = "completeness.rows_seen - completeness.rows_returned"

    def counted_in(self, completeness: Completeness) -> int:
        """Returns how many there are; less than nothing where more rows were returned than seen."""
        match self:
            case CompletenessPart.PAGES:
                return completeness.pages
            case CompletenessPart.MISSING_PAGES:
                return completeness.pages - completeness.pages_read
            case CompletenessPart.ROWS:
                return completeness.rows_seen
            case CompletenessPart.MISSING_ROWS:
                return completeness.rows_seen - completeness.rows_returned


def completeness_binding(
    completeness: Completeness, part: CompletenessPart, locale: str
) -> Binding:
    """Returns how the count is said: it is of no field, and its evidence is the expression."""
    count = Decimal(part.counted_in(completeness))
    derivation = Derivation(expression=part.value, value=count)
    return Binding(locale_format.number(count, locale), (), (derivation,))
