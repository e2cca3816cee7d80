"""Sums over invoices, worked out by the database."""

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from en16931.credit_notes import CREDIT_NOTE_TYPE_CODES
from en16931.model import DocumentKind
from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.tables import column_name, invoices
from invoice_summarizer.ports.invoice_reader import Aggregate, Aggregates, GroupKey

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


async def aggregates(
    connection: AsyncConnection,
    matching: ColumnElement[bool],
    group_by: frozenset[GroupKey],
    limit: int,
) -> Aggregates:
    """Returns the groups as `InvoiceReader.aggregate` does."""
    groups = group_by | {GroupKey.CURRENCY}
    keys = {key: column for key, column in _group_columns().items() if key in groups}
    count = func.count().label("invoice_count")
    query = (
        select(
            *(column.label(key.value) for key, column in keys.items()),
            count,
            *_sums(),
            func.count().over().label("total_size"),  # of the groups, before the limit
        )
        .where(matching)
        .group_by(*keys.values())
        .order_by(count.desc(), *(column.asc().nulls_last() for column in keys.values()))
        .limit(limit)
    )
    rows = (await connection.execute(query)).all()
    return Aggregates(tuple(map(_aggregate, rows)), rows[0].total_size if rows else 0)


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
