"""Finding invoices and adding them up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from invoice_summarizer.domain.invoice import Invoice


@dataclass(frozen=True, slots=True)
class InvoicePage:
    invoices: tuple[Invoice, ...]
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


class InvoiceQuery(Protocol):
    """Reads of one tenant's invoices over the fields of `domain.invoice_fields`.

    A filter is true or false of every invoice: a comparison with an absent value is false, and `!=` is the negation
    of `=`, so that it is true of an absent value. `:` on text ignores case, all else does not. Texts are ordered by
    code points.
    """

    async def page(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        order: Sequence[OrderTerm],
        after: Cursor | None,
        limit: int,
    ) -> InvoicePage:
        """Returns the next invoices in that order, then by id; absent values come last, whatever the direction.

        A cursor stays good when invoices come or go: none that was there all the time is skipped or repeated.
        Raises InvalidInput for a cursor of another order.
        """

    async def aggregate(
        self, tenant: str, *, filter: Expression | None, group_by: frozenset[GroupKey]
    ) -> list[Aggregate]:
        """Returns the groups, those with the most invoices first, then by their keys."""
