"""What `history`, `lines` and `correct` print."""

import io

from google.protobuf.timestamp_pb2 import Timestamp
from rich.console import Console, RenderableType

from invoice_summarizer.cli.presentation.changes import corrected_view
from invoice_summarizer.cli.presentation.events import events_view
from invoice_summarizer.cli.presentation.invoice import invoice_view
from invoice_summarizer.cli.presentation.lines import lines_view
from invoices.v1 import (
    assurance_pb2,
    content_pb2,
    correction_pb2,
    event_pb2,
    invoice_pb2,
    query_service_pb2,
    review_service_pb2,
)

Change = correction_pb2.Change
Event = event_pb2.Event
NAME = "tenants/default/invoices/1"


def shown(view: RenderableType) -> list[str]:
    console = Console(file=io.StringIO(), width=100)
    console.print(view)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_event_says_when_what_and_who_and_below_it_what_changed() -> None:
    event = Event(
        name=f"{NAME}/events/7",
        kind=Event.INVOICE_CORRECTED,
        actor="rita\x1b",
        time=Timestamp(seconds=1_790_000_000),
        changed=[f"lines[{number}].note" for number in range(7)],
    )
    assert shown(events_view([event], more=True, of=invoice_pb2.Invoice())) == [
        "2026-09-21 14:13:20 UTC  invoice corrected, by rita\N{REPLACEMENT CHARACTER}",
        "  lines[0].note, lines[1].note, lines[2].note, lines[3].note, lines[4].note, and 2 more",
        "1 event (--all for the rest)",
    ]


def corrected_in(number: str, seconds: int) -> invoice_pb2.Invoice:
    """An invoice whose number a person has set at that time."""
    edit = assurance_pb2.HumanEdit(actor="rita", time=Timestamp(seconds=seconds))
    annotation = assurance_pb2.FieldAnnotation(
        field_path="invoice_number",
        status=assurance_pb2.FieldAnnotation.PRESENT,
        evidence=[assurance_pb2.Evidence(human_edit=edit)],
        candidates=[assurance_pb2.Candidate(value="A-1")],
    )
    content = content_pb2.InvoiceContent(invoice_number=number)
    return invoice_pb2.Invoice(name=NAME, content=content, annotations=[annotation])


def test_correction_shows_the_values_that_the_invoice_still_has() -> None:
    earlier, later = (
        Event(
            kind=Event.INVOICE_CORRECTED,
            actor="rita",
            time=Timestamp(seconds=seconds),
            changed=["invoice_number", "lines[2]"],
            comment="as they wrote",
        )
        for seconds in (1_790_000_000, 1_790_000_007)
    )
    of = corrected_in("A-2\nB", 1_790_000_007)
    assert shown(events_view([later, earlier], more=False, of=of)) == [
        "2026-09-21 14:13:27 UTC  invoice corrected, by rita",
        "  “as they wrote”",
        "  invoice_number: A-2 B (the document says A-1); lines[2]",
        "2026-09-21 14:13:20 UTC  invoice corrected, by rita",
        "  “as they wrote”",
        "  invoice_number, lines[2]",
        "2 events",
    ]


def test_approval_by_who_corrected_is_told_in_words() -> None:
    event = Event(kind=Event.INVOICE_APPROVED, actor="rita", reason="CORRECTED_BY_APPROVER")
    printed = shown(events_view([event], more=False, of=invoice_pb2.Invoice()))
    assert "  whoever approved it had corrected it before [CORRECTED_BY_APPROVER]" in printed


def test_failed_operation_says_why_and_which() -> None:
    event = Event(
        kind=Event.OPERATION_FAILED,
        actor="worker",
        operation="tenants/default/operations/o-1",
        reason="PDF_DAMAGED",
    )
    assert shown(events_view([event], more=False, of=invoice_pb2.Invoice()))[1:] == [
        "  the PDF is damaged or cut off: ask the sender for the file again [PDF_DAMAGED]",
        "  operation o-1",
        "1 event",
    ]
    assert shown(events_view([], more=False, of=invoice_pb2.Invoice())) == ["no events"]


def test_summaries_in_a_row_are_one_line() -> None:
    summarized = [Event(kind=Event.INVOICE_SUMMARIZED, actor="rita") for _ in range(3)]
    approved = Event(kind=Event.INVOICE_APPROVED, actor="rita")
    printed = shown(
        events_view([*summarized, approved, approved], more=False, of=invoice_pb2.Invoice())
    )
    heads = [line for line in printed if "by rita" in line]
    assert len(heads) == 3
    assert heads[0].endswith("invoice summarized, by rita, and 2 more before it")
    assert printed[-1] == "5 events"


def test_invoice_begins_with_how_much_is_due_and_by_when() -> None:
    content = content_pb2.InvoiceContent(
        type_code="380", currency_code="EUR", payment_due_date="2026-04-04"
    )
    content.totals.amount_due = "10.00"
    invoice = invoice_pb2.Invoice(name=NAME, content=content)
    assert shown(invoice_view(invoice))[1] == "invoice: 10.00 EUR due, by 2026-04-04"
    invoice.content.type_code = "381"
    assert shown(invoice_view(invoice))[1] == "credit note: 10.00 EUR in our favour"


def test_corrected_value_stands_beside_what_the_document_says() -> None:
    annotation = assurance_pb2.FieldAnnotation(
        field_path="invoice_number",
        status=assurance_pb2.FieldAnnotation.PRESENT,
        candidates=[assurance_pb2.Candidate(value="A-1")],
    )
    content = content_pb2.InvoiceContent(invoice_number="A-2")
    invoice = invoice_pb2.Invoice(name=NAME, content=content, annotations=[annotation])
    assert any("A-2 (the document says A-1)" in line for line in shown(invoice_view(invoice)))


def test_lines_are_named_as_corrections_name_them() -> None:
    line = content_pb2.InvoiceLine(
        net_amount="10.00",
        invoiced_quantity="2",
        item=content_pb2.Item(name="Tea"),
        price=content_pb2.PriceDetails(net_price="5.00"),
    )
    rows = [
        query_service_pb2.AnnotatedLine(index=3, line=line),
        query_service_pb2.AnnotatedLine(index=4, omitted=True),
    ]
    printed = shown(lines_view(rows, 9, invoice_pb2.Invoice()))
    assert printed[1].split() == ["lines[3]", "Tea", "2", "5.00", "10.00"]
    assert "(too large to show)" in printed[2]
    assert printed[-1] == "2 of 9 lines (--all for the rest)"
    assert shown(lines_view(rows, 2, invoice_pb2.Invoice()))[-1] == "2 lines"
    assert shown(lines_view([], 0, invoice_pb2.Invoice())) == ["no lines"]
    assert shown(lines_view([], 0, invoice_pb2.Invoice(failure_reason="PDF_NO_PAGES"))) == [
        "no lines: the PDF has no pages [PDF_NO_PAGES]"
    ]


def test_correction_says_what_it_did_to_each_field() -> None:
    answer = review_service_pb2.CorrectInvoiceResponse(
        changes=[
            Change(field_path="seller.name", before="A", after="B"),
            Change(field_path="buyer.name", after="C"),
            Change(field_path="issue_date", before="2026-01-01", after="2026-01-01"),
            Change(field_path="lines[1].note", before="x"),
            Change(field_path="project_reference"),
        ],
        change_count=12,
    )
    assert shown(corrected_view(answer))[:7] == [
        "Corrected:",
        "  seller.name: A -> B",
        "  buyer.name: none -> C",
        "  issue_date: 2026-01-01, confirmed",
        "  lines[1].note: cleared, was x",
        "  project_reference: cleared, was none",
        "  and 7 more",
    ]


def test_correction_says_what_it_did_to_checks_and_status() -> None:
    outcome, status = assurance_pb2.Finding, invoice_pb2.Invoice.Status
    checks = [
        (outcome.FAILED, outcome.PASSED),
        (outcome.PASSED, outcome.FAILED),
        (outcome.PASSED, outcome.NOT_DECIDABLE),
        (outcome.FAILED, outcome.NOT_APPLICABLE),
    ]
    answer = review_service_pb2.CorrectInvoiceResponse(
        invoice=invoice_pb2.Invoice(name=NAME, status=status.READY),
        status_before=status.REVIEW_PENDING,
        check_changes=[
            correction_pb2.CheckChange(rule_id=f"R-{number}", before=before, after=after)
            for number, (before, after) in enumerate(checks)
        ],
    )
    assert shown(corrected_view(answer))[:6] == [
        "Corrected:",
        "R-0 now holds",
        "R-1 now fails",
        "R-2 can no longer be decided",
        "R-3 no longer applies",
        "Status: ready, was review pending",
    ]
    answer.status_before = status.READY
    assert shown(corrected_view(answer))[5] == "Status: ready"


def test_invoice_with_more_lines_than_came_says_where_the_others_are() -> None:
    annotation = assurance_pb2.FieldAnnotation(field_path="lines[0].net_amount")
    invoice = invoice_pb2.Invoice(
        name=NAME,
        content=content_pb2.InvoiceContent(lines=[content_pb2.InvoiceLine(net_amount="1.00")]),
        annotations=[annotation],
        line_count=9,
    )
    assert "8 more of 9 lines: invoicectl lines 1" in shown(invoice_view(invoice))
    invoice.line_count = 1
    assert not [line for line in shown(invoice_view(invoice)) if "more of" in line]
