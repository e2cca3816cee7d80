"""Lists as CSV: the columns of exports, and nothing of a document or a comment becomes a formula."""

import csv
import io

import pytest

from invoice_summarizer.cli.export.sheets import (
    aggregates_sheet,
    events_sheet,
    invoices_sheet,
    lines_sheet,
)
from invoice_summarizer.cli.export.table import Sheet
from invoice_summarizer.cli.presentation.output import Output, OutputFormat
from invoices.v1 import content_pb2, event_pb2, invoice_pb2, query_service_pb2


def _printed(
    sheet: Sheet, capsys: pytest.CaptureFixture[str], more: bool = False
) -> list[dict[str, str]]:
    Output(OutputFormat.CSV).several([], lambda: "", more=more, sheet=lambda: sheet)
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_invoices_and_their_lines_have_the_columns_of_exports(
    capsys: pytest.CaptureFixture[str],
) -> None:
    content = content_pb2.InvoiceContent(
        invoice_number="=1+1", currency_code="EUR", seller=content_pb2.Seller(name="@Acme, Ltd")
    )
    content.totals.amount_due = "-1.50"
    invoice = invoice_pb2.Invoice(name="tenants/t/invoices/7", content=content)
    [row] = _printed(invoices_sheet([invoice]), capsys)
    assert (row["invoice"], row["invoice_number"]) == ("7", "'=1+1")
    assert (row["seller.name"], row["totals.amount_due"]) == ("'@Acme, Ltd", "-1.50")
    line = query_service_pb2.AnnotatedLine(index=1, line=content_pb2.InvoiceLine(net_amount="2.00"))
    [row] = _printed(lines_sheet(invoice, [line]), capsys)
    assert (row["invoice_number"], row["line"], row["net_amount"]) == ("'=1+1", "2", "2.00")


def test_events_and_groups_have_a_row_each(capsys: pytest.CaptureFixture[str]) -> None:
    event = event_pb2.Event(
        kind=event_pb2.Event.INVOICE_REJECTED, actor="owner", comment="+SUM(A1)"
    )
    [row] = _printed(events_sheet([event]), capsys)
    assert (row["event"], row["actor"], row["comment"]) == (
        "invoice rejected",
        "owner",
        "'+SUM(A1)",
    )
    group = query_service_pb2.InvoiceAggregate(currency_code="EUR", count=2, amount_due="3.00")
    answer = query_service_pb2.AggregateInvoicesResponse(aggregates=[group], totals=[group])
    [row] = _printed(aggregates_sheet(answer), capsys)
    assert (row["currency_code"], row["count"], row["amount_due"]) == ("EUR", "2", "3.00")


def test_that_there_are_more_is_said_beside_the_rows(capsys: pytest.CaptureFixture[str]) -> None:
    Output(OutputFormat.CSV).several([], lambda: "", more=True, sheet=lambda: events_sheet([]))
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err == "invoicectl: there are more: --all gives all of them\n"
