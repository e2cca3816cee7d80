"""Reading invoices: one, its document, its lines and its history, or many that are filtered, sorted and added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.domain.event import RecordedEvent
from invoice_summarizer.domain.invoice import Document, Invoice


class InvoiceView(StrEnum):
    """How much of an invoice is wanted (AIP-157)."""

    BASIC = "basic"  # what a list shows
    FULL = "full"


@dataclass(frozen=True, slots=True)
class InvoicePage:
    views: tuple[bytes, ...]  # one an invoice, as the renderer made it
    next_cursor: Cursor | None  # None on the last page
    total_size: int


class GroupKey(StrEnum):
    CURRENCY = "currency"
    SUPPLIER = "supplier"  # BT-27
    MONTH = "month"  # of BT-2, "2026-11"
    STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """Exact sums over the invoices of one group; a sum counts the invoices that declare the amount, None without any.

    A credit note that states its amounts as positive is taken away (`en16931.credit_notes`).

    Amounts of different currencies are never added: every group has one currency, None where none is declared.
    """

    currency: str | None
    supplier: str | None = None
    month: str | None = None
    status: str | None = None
    count: int
    amount_without_vat: Decimal | None
    vat_amount: Decimal | None
    amount_with_vat: Decimal | None
    amount_due: Decimal | None


class InvoiceReader(Protocol):
    """Reads of one tenant's invoices, of what was committed; each fetches what it needs and no more.

    Filters and orders are over the fields of `domain.invoice_fields`. A filter is true or false of every invoice: a
    comparison with an absent value is false, and `!=` is the negation of `=`, so that it is true of an absent value.
    `:` on text ignores case, all else does not. Texts are ordered by code points.

    Every method raises Unavailable where the store does not answer.
    """

    async def view(self, tenant: str, invoice_id: str, view: InvoiceView) -> bytes:
        """Returns the invoice as the renderer makes it. Raises NotFound."""

    async def get(self, tenant: str, invoice_id: str) -> Invoice:
        """Returns the invoice with its reading. Raises NotFound."""

    async def document(self, tenant: str, invoice_id: str) -> Document:
        """Returns the document of the invoice. Raises NotFound."""

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
    ) -> InvoicePage:
        """Returns the next invoices in that order, then by id; absent values come last, whatever the direction.

        A cursor stays good when invoices come or go: none that was there all the time is skipped or repeated.
        Raises InvalidInput for a cursor of another order.
        """

    async def aggregate(
        self, tenant: str, *, filter: Expression | None, group_by: frozenset[GroupKey]
    ) -> list[Aggregate]:
        """Returns the groups, those with the most invoices first, then by their keys."""
