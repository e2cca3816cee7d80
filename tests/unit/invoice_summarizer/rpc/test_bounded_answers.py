"""What is left out of an answer that would be too large, and that nothing else is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from en16931.field_path import line_index
from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.ports.invoice_reader import InvoiceLines
from invoice_summarizer.rpc.mapping.bounded import (
    ANSWER_LIMIT_BYTES,
    LINES_LIMIT,
    REASONS_LIMIT,
    fitting,
    omit_what_is_too_large,
    shortened,
)
from invoice_summarizer.rpc.mapping.invoice import reading_to_invoice_proto
from invoice_summarizer.rpc.mapping.lines import lines_to_proto
from invoices.v1 import assurance_pb2, content_pb2, invoice_pb2, query_service_pb2
from storage_samples import read_invoice

KNOWN = FieldAnnotation(status=FieldStatus.PRESENT, raw_text="1")


def reading(lines: int, reasons: int = 0) -> Reading:
    sample = read_invoice(1).reading
    assert sample is not None
    return replace(
        sample,
        content=InvoiceContent(
            invoice_number="R-1",
            lines=tuple(InvoiceLine(net_amount=Decimal(number)) for number in range(lines)),
        ),
        annotations={
            "invoice_number": KNOWN,
            **{f"lines[{number}].net_amount": KNOWN for number in range(lines)},
        },
        review_reasons=tuple(
            ReviewReason(ReviewCode.FIELD_MISSING, str(number)) for number in range(reasons)
        ),
    )


def test_first_lines_stay_with_their_annotations() -> None:
    shown = shortened(reading(LINES_LIMIT + 1))
    assert len(shown.content.lines) == LINES_LIMIT
    assert "invoice_number" in shown.annotations
    assert f"lines[{LINES_LIMIT - 1}].net_amount" in shown.annotations
    assert f"lines[{LINES_LIMIT}].net_amount" not in shown.annotations


def test_first_reasons_stay() -> None:
    assert len(shortened(reading(1, REASONS_LIMIT + 1)).review_reasons) == REASONS_LIMIT


def test_reading_within_the_limits_is_as_it_was() -> None:
    whole = reading(LINES_LIMIT, REASONS_LIMIT)
    assert shortened(whole) is whole


def test_message_that_is_not_bounded_has_all_lines() -> None:
    message = reading_to_invoice_proto(reading(LINES_LIMIT + 1), full=True, bounded=False)
    assert len(message.content.lines) == message.line_count == LINES_LIMIT + 1


@pytest.mark.parametrize(
    ("path", "index"),
    [("lines[12].note", 12), ("lines[0]", 0), ("lines", None), ("seller.lines[3].x", None)],
)
def test_path_lies_in_its_line(path: str, index: int | None) -> None:
    assert line_index(path) == index


def message() -> invoice_pb2.Invoice:
    return invoice_pb2.Invoice(
        content=content_pb2.InvoiceContent(
            invoice_number="R-1",
            notes=[content_pb2.InvoiceNote(note="n" * 1_000) for _ in range(3)],
            allowances=[content_pb2.DocumentAllowance(reason="a" * 500)],
        ),
        annotations=[
            assurance_pb2.FieldAnnotation(field_path=path, raw_text="t" * 100)
            for path in ("invoice_number", "notes[0].note", "allowances[0].reason")
        ],
    )


@pytest.mark.parametrize(
    ("limit", "omitted"),
    [(10_000, []), (2_000, ["notes"]), (300, ["notes", "allowances"])],
)
def test_largest_fields_go_first_with_their_annotations(limit: int, omitted: list[str]) -> None:
    bounded = message()
    omit_what_is_too_large(bounded, limit)
    assert [*bounded.omitted] == omitted
    assert bounded.ByteSize() <= limit
    left = {"invoice_number", "notes", "allowances"} - set(omitted)
    assert {field.name for field, _ in bounded.content.ListFields()} == left
    assert {each.field_path.partition("[")[0] for each in bounded.annotations} == left


def test_as_many_messages_as_fit_are_chosen_and_at_least_one() -> None:
    notes = [content_pb2.InvoiceNote(note="n" * 100) for _ in range(5)]
    holder = content_pb2.InvoiceContent(notes=fitting(notes, 350))
    assert len(holder.notes) == 3 and holder.ByteSize() <= 350
    assert len(fitting(notes, 10)) == 1
    assert len(fitting(notes, 10_000)) == 5
    assert len(fitting(iter(()), 10)) == 0


def test_line_that_is_larger_than_an_answer_is_named_and_left_out() -> None:
    huge = InvoiceLine(note="x" * (ANSWER_LIMIT_BYTES + 1))
    page = InvoiceLines(
        first=7,
        lines=(huge, InvoiceLine(note="y")),
        annotations={"lines[8].note": KNOWN},
    )
    first, second = lines_to_proto(page)
    assert first == query_service_pb2.AnnotatedLine(index=7, omitted=True)
    assert (second.index, second.line.note, second.omitted) == (8, "y", False)
    assert [each.field_path for each in second.annotations] == ["lines[8].note"]
