"""Finding invoices and adding them up, in read-only transactions."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from aip.filter_expression import Expression
from aip.ordering import OrderTerm
from aip.page_token import Cursor
from en16931.credit_notes import CREDIT_NOTE_TYPE_CODES
from en16931.model import DocumentKind
from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.filter_predicates import predicate
from invoice_summarizer.adapters.postgres.invoice_columns import STORED_COLUMNS
from invoice_summarizer.adapters.postgres.keyset import behind, cursor_after, ordering
from invoice_summarizer.adapters.postgres.roles import Role
from invoice_summarizer.adapters.postgres.rows import invoice_of
from invoice_summarizer.adapters.postgres.scope import Limits, transaction
from invoice_summarizer.adapters.postgres.tables import column_name, invoices
from invoice_summarizer.ports.invoice_query import Aggregate, GroupKey, InvoicePage

_TOTALS = ("amount_without_vat", "vat_amount", "amount_with_vat", "amount_due")

_document_kind = invoices.c.content.op("#>>", return_type=StorableText())(
    literal_column("'{extras,document_kind}'")
)

# `en16931.credit_notes.states_credit_as_positive`, in SQL.
_SIGN = case(
    (
        and_(
            or_(
                _document_kind == DocumentKind.CREDIT_NOTE.value,
                and_(_document_kind.is_(None), invoices.c.type_code.in_(CREDIT_NOTE_TYPE_CODES)),
            ),
            invoices.c[column_name("totals.amount_with_vat")] > 0,
        ),
        -1,
    ),
    else_=1,
)


class PostgresInvoiceQuery:
    def __init__(self, engine: AsyncEngine, *, limits: Limits | None = None) -> None:
        self._engine = engine
        self._limits = limits or Limits()

    async def page(
        self,
        tenant: str,
        *,
        filter: Expression | None,
        order: Sequence[OrderTerm],
        after: Cursor | None,
        limit: int,
    ) -> InvoicePage:
        matching = _where(filter)
        query = select(*STORED_COLUMNS).where(matching).order_by(*ordering(order)).limit(limit + 1)
        if after is not None:
            query = query.where(behind(after, order))
        count = select(func.count()).select_from(invoices).where(matching)
        async with self._reading(tenant) as connection:
            total_size = (await connection.execute(count)).scalar_one()
            rows = (await connection.execute(query)).all()
        found = tuple(invoice_of(row) for row in rows[:limit])
        more = len(rows) > limit
        return InvoicePage(
            found, cursor_after(found[-1], order) if more and found else None, total_size
        )

    async def aggregate(
        self, tenant: str, *, filter: Expression | None, group_by: frozenset[GroupKey]
    ) -> list[Aggregate]:
        groups = group_by | {GroupKey.CURRENCY}
        keys = {key: column for key, column in _group_columns().items() if key in groups}
        count = func.count().label("invoice_count")
        query = (
            select(*(column.label(key.value) for key, column in keys.items()), count, *_sums())
            .where(_where(filter))
            .group_by(*keys.values())
            .order_by(count.desc(), *(column.asc().nulls_last() for column in keys.values()))
        )
        async with self._reading(tenant) as connection:
            return [_aggregate(row) for row in await connection.execute(query)]

    def _reading(self, tenant: str) -> AbstractAsyncContextManager[AsyncConnection]:
        return transaction(
            self._engine, Role.APPLICATION, tenant=tenant, read_only=True, limits=self._limits
        )


def _where(expression: Expression | None) -> ColumnElement[bool]:
    return true() if expression is None else predicate(expression)


def _sums() -> list[ColumnElement[Decimal | None]]:
    # NULL where every amount is; else an exact numeric sum, to as many decimal places as the most precise amount has.
    return [
        func.sum(_SIGN * invoices.c[column_name(f"totals.{total}")]).label(total)
        for total in _TOTALS
    ]


def _group_columns() -> dict[GroupKey, ColumnElement[Any]]:
    return {
        GroupKey.CURRENCY: invoices.c.currency_code,
        GroupKey.SUPPLIER: invoices.c.seller_name,
        GroupKey.MONTH: func.to_char(invoices.c.issue_date, literal_column("'YYYY-MM'")),
        GroupKey.STATUS: invoices.c.status,
    }


def _aggregate(row: Any) -> Aggregate:
    return Aggregate(
        currency=row.currency,
        supplier=getattr(row, "supplier", None),
        month=getattr(row, "month", None),
        status=getattr(row, "status", None),
        count=row.invoice_count,
        **{total: getattr(row, total) for total in _TOTALS},
    )
