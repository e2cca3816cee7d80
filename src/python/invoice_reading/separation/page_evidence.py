"""What one page tells of the invoice that it belongs to: the number that it bears, its title, its counters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from invoice_reading.completeness import AttachedPage
from invoice_reading.extract.amount_captions import AmountKind, amount_groups
from invoice_reading.extract.document_type import title_places
from invoice_reading.extract.field_values import FieldValue
from invoice_reading.extract.invoice_number import invoice_numbers
from invoice_reading.extract.label_values import label_places
from invoice_reading.extract.lexicon import Title
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.page import Page
from invoice_reading.separation.page_counters import PageCounter, page_counters

_PLAIN_RANKS = 3  # of `invoice_numbers`: beside its label, under it, behind the title
# Millionths of the height of the page: there, "No. 17" is the number of what the title names, if no better is printed.
_HEAD = 450_000
_BILLS = frozenset(Title) - {Title.REMINDER, Title.STATEMENT}
# What OCR takes for one another.
_ALIKE = str.maketrans("oilsb", "01158")


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """A page alone. `numbers` are all invoice numbers that may be meant, as `comparable`; `own` the one that is meant.

    `own` is None where the page states none, or a list of them.
    """

    page: Page
    rows: Sequence[MarkedRow]
    numbers: frozenset[str]
    own: str | None
    is_titled: bool  # as an invoice, a credit note or the like
    lists_others: bool  # it is a statement or a reminder by its title
    counters: frozenset[PageCounter]
    attached: AttachedPage | None

    @property
    def restarts(self) -> bool:
        return any(counter.page == 1 for counter in self.counters)

    @property
    def states_total(self) -> bool:
        """Returns whether an amount stands on the page that a caption plainly says is the total, or what is due."""
        return any(
            group.kind in (AmountKind.TOTAL, AmountKind.DUE)
            and any(number.is_money for number in group.amounts)
            for row in self.rows
            if row.numbers
            for group in amount_groups(row)
        )

    @property
    def goes_on(self) -> bool:
        """Returns whether every counter of the page says that another page is before it."""
        return bool(self.counters) and not self.restarts


def page_evidence(
    page: Page, rows: Sequence[MarkedRow], attached: AttachedPage | None
) -> PageEvidence:
    """Returns what the rows of the page tell, as if it were the first page of a document of its own."""
    titles = title_places(rows)
    is_titled = any(place.title in _BILLS for place in titles)
    ranks = invoice_numbers(rows, label_places(rows), titles)
    plain = [value for rank in ranks[:_PLAIN_RANKS] for value in rank]
    meant = next((rank for rank in ranks[:_PLAIN_RANKS] if rank), [])
    if not plain and is_titled:
        in_head = ([*filter(_is_in_head, rank)] for rank in ranks[_PLAIN_RANKS:])
        plain = meant = next((rank for rank in in_head if rank), [])
    return PageEvidence(
        page=page,
        rows=rows,
        numbers=frozenset(_texts(plain)),
        own=_own(meant),
        is_titled=is_titled,
        lists_others=bool(titles) and titles[0].title not in _BILLS,
        counters=page_counters(rows),
        attached=attached,
    )


def comparable(number: str) -> str:
    """Returns the letters and digits of an invoice number, those that OCR confuses as one."""
    return "".join(filter(str.isalnum, number.casefold())).translate(_ALIKE)


def _is_in_head(value: FieldValue) -> bool:
    return all(region.box.bottom <= _HEAD for region in value.evidence)


def _texts(values: Iterable[FieldValue]) -> Iterator[str]:
    for value in values:
        text = comparable(str(value.value))
        if text:
            yield text


def _own(meant: Sequence[FieldValue]) -> str | None:
    """Returns the number, the longest where one is printed in groups that may end earlier."""
    texts = sorted(set(_texts(meant)), key=len)
    if not texts or not all(text in texts[-1] for text in texts):
        return None
    return texts[-1]
