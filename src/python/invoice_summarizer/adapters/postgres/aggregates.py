"""Sums over invoices, worked out by the database, in one statement, so that all of them are of one state."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal_column,
    null,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from en16931.model import DocumentKind
from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.tables import column_name, invoices
from invoice_summarizer.domain.counted import KINDS_THAT_BILL_NOTHING, CountedApart
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.invoice_fields import KINDS
from invoice_summarizer.ports.invoice_reader import Aggregate, Aggregates, GroupKey, Lacking

_TOTALS = ("amount_without_vat", "vat_amount", "amount_with_vat", "amount_due")
_kind: ColumnElement[str] = invoices.c.kind
_is_credit_note = _kind == KINDS[DocumentKind.CREDIT_NOTE]

# `domain.counted.told_apart`, in SQL.
_APART = case(
    (invoices.c.status == InvoiceStatus.FAILED.value, CountedApart.FAILED.value),
    (invoices.c.form.is_(None), CountedApart.UNREAD.value),
    (invoices.c.is_copy, CountedApart.COPY.value),
    (_kind == KINDS[DocumentKind.PROFORMA], CountedApart.PRO_FORMA.value),
    (
        _kind.in_([KINDS[kind] for kind in sorted(KINDS_THAT_BILL_NOTHING)]),
        CountedApart.BILLS_NOTHING.value,
    ),
    else_=null(),
)

# `domain.one_line`, in SQL.
_supplier = func.one_line(invoices.c.seller_name, type_=StorableText())
_GROUP_COLUMNS: dict[GroupKey, ColumnElement[Any]] = {
    GroupKey.CURRENCY: invoices.c.currency_code,
    GroupKey.SUPPLIER: invoices.c.seller_key,
    GroupKey.MONTH: func.to_char(invoices.c.issue_date, literal_column("'YYYY-MM'")),
    GroupKey.STATUS: invoices.c.status,
}


async def aggregates(
    connection: AsyncConnection,
    matching: ColumnElement[bool],
    group_by: frozenset[GroupKey],
    limit: int,
) -> Aggregates:
    """Returns what `InvoiceReader.aggregate` does."""
    keys = [key for key in GroupKey if key in group_by or key is GroupKey.CURRENCY]
    grouped = _grouped(_each(matching, keys), keys).subquery("grouped")
    wanted = or_(and_(grouped.c.apart.is_(None), grouped.c.rank <= limit), grouped.c.is_total)
    query = select(grouped).where(wanted).order_by(grouped.c.rank)
    rows = (await connection.execute(query)).all()
    # Where invoices are grouped by their currency alone, the groups are the totals.
    totals = [row for row in rows if row.is_total or len(keys) == 1]
    groups = [row for row in rows if row.apart is None and (not row.is_total or len(keys) == 1)]
    apart: dict[CountedApart, int] = {}
    for row in totals:
        if row.apart is not None:
            apart[CountedApart(row.apart)] = (
                apart.get(CountedApart(row.apart), 0) + row.invoice_count
            )
    return Aggregates(
        groups=tuple(map(_aggregate, groups)),
        total_size=groups[0].number if groups else 0,
        totals=tuple(_aggregate(row) for row in totals if row.apart is None),
        apart=apart,
    )


def _each(matching: ColumnElement[bool], keys: Sequence[GroupKey]) -> Subquery:
    """Returns for each invoice by what it is grouped, and what it adds."""
    return (
        select(
            _APART.label("apart"),
            *(_GROUP_COLUMNS[key].label(key.value) for key in keys),
            _supplier.label("supplier_name"),
            _is_credit_note.label("is_credit_note"),
            *(invoices.c[column_name(f"totals.{name}")].label(name) for name in _TOTALS),
        )
        .where(matching)
        .subquery("each")
    )


def _grouped(each: Subquery, keys: Sequence[GroupKey]) -> Select[Any]:
    """Returns a row for each group and, where it is grouped by more than the currency, for each currency."""
    columns = [each.c[key.value] for key in keys]
    by_currency, *others = columns
    group = tuple_(each.c.apart, *columns)
    if others:
        sets = func.grouping_sets(group, tuple_(each.c.apart, by_currency))
        level: ColumnElement[int] = func.grouping(*others)
    else:
        sets = func.grouping_sets(group)
        level = literal_column("1")
    is_total = level > literal_column("0")
    count = func.count()
    alike = [each.c.apart, level]
    supplier = func.mode().within_group(each.c.supplier_name).label("supplier_name")
    months = [each.c.month.asc().nulls_last()] if GroupKey.MONTH in keys else []
    order = [*months, count.desc(), *(column.asc().nulls_last() for column in columns)]
    return select(
        each.c.apart,
        *columns,
        *([supplier] if GroupKey.SUPPLIER in keys else []),
        count.label("invoice_count"),
        count.filter(each.c.is_credit_note).label("credit_notes"),
        # NULL where every amount is; else an exact numeric sum, as precise as the most precise amount.
        *(func.sum(each.c[name]).label(name) for name in _TOTALS),
        *(count.filter(each.c[name].is_(None)).label(f"lacking_{name}") for name in _TOTALS),
        is_total.label("is_total"),
        func.row_number().over(partition_by=alike, order_by=order).label("rank"),
        func.count().over(partition_by=alike).label("number"),
    ).group_by(sets)


def _aggregate(row: Row[Any]) -> Aggregate:
    found = row._mapping
    sums: dict[str, Decimal | None] = {name: found[name] for name in _TOTALS}
    return Aggregate(
        currency=row.currency,
        supplier=None if row.is_total else found.get("supplier_name"),
        month=found.get(GroupKey.MONTH.value),
        status=found.get(GroupKey.STATUS.value),
        count=row.invoice_count,
        credit_notes=row.credit_notes,
        **sums,
        lacking=Lacking(**{name: found[f"lacking_{name}"] for name in _TOTALS}),
    )
