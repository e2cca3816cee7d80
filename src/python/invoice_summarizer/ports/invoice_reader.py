"""Reading invoices: one, its document, its lines and its history, or many that are filtered, sorted and added up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from en16931.model import InvoiceLine
from invoice_reading.annotation import FieldAnnotation
from invoice_summarizer.domain.counted import CountedApart
from invoice_summarizer.domain.event import RecordedEvent
from invoice_summarizer.domain.invoice import Document
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.ports.packed import Packed


@dataclass(frozen=True, slots=True)
class InvoicePage:
    views: tuple[bytes, ...]  # one an invoice, as the renderer made it
    next_cursor: Cursor | None  # None on the last page
    total_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLines:
    """Lines of an invoice from the index `first` on, and what is known of their fields, by field path."""

    first: int
    lines: tuple[InvoiceLine, ...]
    annotations: Mapping[str, FieldAnnotation]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesPage:
    """Lines of an invoice as they are stored."""

    version: int  # of the invoice
    total_size: int  # how many lines it has
    lines: Packed[InvoiceLines]


class GroupKey(StrEnum):
    CURRENCY = "currency"
    SUPPLIER = "supplier"  # BT-27, whatever its case and its white space
    MONTH = "month"  # of BT-2, "2026-11"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """How many invoices do not declare an amount, for each of the amounts."""

    amount_without_vat: int = 0
    vat_amount: int = 0
    amount_with_vat: int = 0
    amount_due: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """Exact sums over the invoices of one group; a sum counts the invoices that declare the amount, None without any.

    A credit note that states its amounts as positive is taken away (`en16931.credit_notes`); `credit_notes` counts all.

    Amounts of different currencies are never added: every group has one currency, None where none is declared. Of a
    supplier whose name is written in several ways, the most frequent is told, in one line: of several the first by code
    points.
    """

    currency: str | None
    supplier: str | None = None
    month: str | None = None
    status: str | None = None
    count: int
    credit_notes: int
    amount_without_vat: Decimal | None
    vat_amount: Decimal | None
    amount_with_vat: Decimal | None
    amount_due: Decimal | None
    lacking: Lacking


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregates:
    """`totals` are over all groups of a currency, beyond the limit too, and `apart` counts what is in none of them."""

    groups: tuple[Aggregate, ...]
    total_size: int  # how many groups there are, beyond the limit too
    totals: tuple[Aggregate, ...]
    apart: Mapping[CountedApart, int]  # of those that there are


def number_within(sizes: Iterable[int], max_bytes: int | None) -> int:
    """Returns how many of the first sizes have no more bytes together, but at least one where there is one."""
    number, total = 0, 0
    for size in sizes:
        total += size
        if max_bytes is not None and total > max_bytes and number:
            break
        number += 1
    return number


class InvoiceReader(Protocol):
    """Reads of one tenant's invoices, of what was committed; each fetches what it needs and no more.

    Filters and orders are over the fields of `domain.invoice_fields`. A filter is true or false of every invoice: a
    comparison with an absent value is false, and `!=` is the negation of `=`, so that it is true of an absent value.
    `:` on text ignores case, all else does not. Texts are ordered by code points.

    Every method raises Unavailable where the store does not answer.
    """

    async def revision(self, tenant: str) -> str:
        """Returns what names the state of the tenant's invoices: another text after every commit that changed any.

        What is read after a revision is of that state, or of a later one.
        """

    async def view(self, tenant: str, invoice_id: str, view: InvoiceView) -> bytes:
        """Returns the invoice as the renderer makes it. Raises NotFound."""

    async def document(self, tenant: str, invoice_id: str) -> Document:
        """Returns the document of the invoice. Raises NotFound."""

    async def lines(self, tenant: str, invoice_id: str, *, first: int, limit: int) -> LinesPage:
        """Returns the lines from the index `first` on, at most `limit`; none where it has not been read.

        Raises NotFound.
        """

    async def events(
        self, tenant: str, invoice_id: str, *, before: str | None, limit: int
    ) -> list[RecordedEvent]:
        """Returns what happened to the invoice, newest first; `before` is the id of the last event of the page before.

        The history of an invoice that was deleted is still there; of one that never was, there is none.
        """

    async def page(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        order: Sequence[OrderTerm],
        after: Cursor | None,
        limit: int,
        view: InvoiceView = InvoiceView.BASIC,
        max_bytes: int | None = None,
    ) -> InvoicePage:
        """Returns the next invoices in that order, then by id; absent values come last, whatever the direction.

        A page ends before the view with which it would have more than `max_bytes`, but it has one.

        A cursor stays good when invoices come or go: none that was there all the time is skipped or repeated.
        Raises InvalidInput for a cursor of another order.
        """

    async def aggregate(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        group_by: frozenset[GroupKey],
        limit: int,
    ) -> Aggregates:
        """Returns sums of the invoices that count (`domain.counted`), and how many are told apart.

        Groups by month come in the order of months; within a month, and without months, those with the most invoices
        come first, then by their keys. Totals come with the most invoices first, then by currency.
        """
