"""Sums over invoices as messages."""

from collections.abc import Mapping
from decimal import Decimal

from en16931.exact import decimal_text
from invoice_summarizer.domain.counted import CountedApart
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.ports.invoice_reader import Aggregate, Aggregates, Lacking
from invoice_summarizer.rpc.mapping.bounded import fitting
from invoice_summarizer.rpc.mapping.invoice import status_to_proto
from invoices.v1 import query_service_pb2

# A name of a supplier may be long, and a group may have none but it.
_TOTALS_LIMIT_BYTES = 384 * 1024


def aggregates_to_proto(found: Aggregates) -> query_service_pb2.AggregateInvoicesResponse:
    """Returns the answer with as many of the groups as there is room for."""
    totals = fitting(map(_aggregate_to_proto, found.totals), _TOTALS_LIMIT_BYTES)
    return query_service_pb2.AggregateInvoicesResponse(
        aggregates=fitting(map(_aggregate_to_proto, found.groups)),
        total_size=found.total_size,
        totals=totals,
        apart=_apart_to_proto(found.apart),
    )


def _aggregate_to_proto(aggregate: Aggregate) -> query_service_pb2.InvoiceAggregate:
    message = query_service_pb2.InvoiceAggregate(
        currency_code=aggregate.currency,
        supplier=aggregate.supplier,
        month=aggregate.month,
        count=aggregate.count,
        credit_note_count=aggregate.credit_notes,
        amount_without_vat=_sum(aggregate.amount_without_vat),
        vat_amount=_sum(aggregate.vat_amount),
        amount_with_vat=_sum(aggregate.amount_with_vat),
        amount_due=_sum(aggregate.amount_due),
        lacking=_lacking_to_proto(aggregate.lacking),
    )
    if aggregate.status is not None:
        message.status = status_to_proto(InvoiceStatus(aggregate.status))
    return message


def _lacking_to_proto(lacking: Lacking) -> query_service_pb2.LackingAmounts:
    return query_service_pb2.LackingAmounts(
        amount_without_vat=lacking.amount_without_vat,
        vat_amount=lacking.vat_amount,
        amount_with_vat=lacking.amount_with_vat,
        amount_due=lacking.amount_due,
    )


def _apart_to_proto(apart: Mapping[CountedApart, int]) -> query_service_pb2.InvoicesApart:
    return query_service_pb2.InvoicesApart(
        failed=apart.get(CountedApart.FAILED, 0),
        unread=apart.get(CountedApart.UNREAD, 0),
        copies=apart.get(CountedApart.COPY, 0),
        pro_formas=apart.get(CountedApart.PRO_FORMA, 0),
        billing_nothing=apart.get(CountedApart.BILLS_NOTHING, 0),
    )


def _sum(amount: Decimal | None) -> str | None:
    return None if amount is None else decimal_text(amount)
