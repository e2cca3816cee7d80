"""Sums are shown with their totals, and with what a person has to know beside them."""

import io
from collections.abc import Sequence

from rich.console import Console

from invoice_summarizer.cli.presentation.aggregates import aggregates_view
from invoices.v1 import invoice_pb2, query_service_pb2

Aggregate = query_service_pb2.InvoiceAggregate
Answer = query_service_pb2.AggregateInvoicesResponse
Lacking = query_service_pb2.LackingAmounts
CountedApart = query_service_pb2.InvoicesApart


def shown(answer: Answer, width: int = 80, rejected: Sequence[Aggregate] = ()) -> list[str]:
    console = Console(file=io.StringIO(), width=width)
    with console.capture() as capture:
        console.print(aggregates_view(answer, rejected))
    return [line.rstrip() for line in capture.get().splitlines()]


def sums(currency: str, count: int, amount: str, month: str | None = None) -> Aggregate:
    return Aggregate(currency_code=currency, count=count, amount_due=amount, month=month)


def test_groups_come_with_a_total_of_each_currency() -> None:
    answer = Answer(
        aggregates=[
            sums("EUR", 2, "20.00", month="2026-01"),
            sums("USD", 1, "5.00", month="2026-01"),
            sums("EUR", 1, "1.00"),
        ],
        totals=[sums("EUR", 3, "21.00"), sums("USD", 1, "5.00")],
        total_size=3,
    )
    rows = [line.split() for line in shown(answer)]
    assert rows[0][:2] == ["currency", "month"]
    assert rows[1:] == [
        ["EUR", "2026-01", "2", "20.00"],
        ["USD", "2026-01", "1", "5.00"],
        ["EUR", "none", "1", "1.00"],
        ["EUR", "total", "3", "21.00"],
        ["USD", "total", "1", "5.00"],
    ]


def test_sums_of_rejected_invoices_are_said_apart() -> None:
    total = sums("EUR", 3, "21.00")
    rejected = Aggregate(currency_code="EUR", count=1, amount_with_vat="6.00", amount_due="5.00")
    answer = Answer(aggregates=[total], totals=[total])
    assert "rejected" not in " ".join(shown(answer))
    assert shown(answer, rejected=[rejected])[-1] == (
        "1 rejected invoice is added up too: 6.00 EUR with VAT, 5.00 EUR of it due."
    )


def test_sums_by_currency_alone_are_the_totals() -> None:
    total = sums("EUR", 3, "21.00")
    assert [line.split()[0] for line in shown(Answer(aggregates=[total], totals=[total]))] == [
        "currency",
        "EUR",
    ]


def test_notes_say_what_was_subtracted_lacks_an_amount_or_is_not_added_up() -> None:
    total = sums("EUR", 5, "21.00")
    total.credit_note_count = 2
    total.lacking.CopyFrom(Lacking(vat_amount=3, amount_due=1))
    apart = CountedApart(failed=2, unread=1, copies=1, pro_formas=2, billing_nothing=1)
    answer = Answer(aggregates=[total], totals=[total], total_size=20_000, apart=apart)
    assert shown(answer, 200)[2:] == [
        "1 of 20000 groups; the totals are of all.",
        "2 credit notes among them are subtracted.",
        "EUR, of 5: 3 without the VAT, 1 without an amount due.",
        "Not added up: 2 could not be read, 1 is not read yet, 1 is a copy, 2 are pro forma invoices, "
        "1 is a reminder, a statement or no invoice.",
    ]


def test_what_is_told_apart_is_told_where_nothing_else_is_there() -> None:
    assert shown(Answer(apart=CountedApart(failed=1))) == [
        "no invoices",
        "Not added up: 1 could not be read.",
    ]
    assert shown(Answer()) == ["no invoices"]


def test_name_of_a_status_is_that_of_lists() -> None:
    group = sums("EUR", 1, "1.00")
    group.status = invoice_pb2.Invoice.Status.REVIEW_PENDING
    assert shown(Answer(aggregates=[group], total_size=1))[1].startswith("EUR       review pending")
