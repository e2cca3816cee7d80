"""A reading that went from process to process is the reading: every digit, every kind of evidence."""

import zlib
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.field_path import leaves
from en16931.finding import Finding, Outcome, Severity
from en16931.model import DocumentTotals, InvoiceContent
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    DateDerivation,
    Derivation,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
    PageRegion,
    WordSpan,
    XmlNode,
)
from invoice_reading.completeness import Completeness, Gap, Verdict
from invoice_reading.page import Box, Layer
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.adapters.reading_process import reading_pieces as module
from invoice_summarizer.adapters.reading_process.protocol import (
    InvoicesRead,
    decode_answer,
    encode_answer,
)
from invoice_summarizer.adapters.reading_process.reading_pieces import (
    Piece,
    pieces_of,
)
from invoice_summarizer.ports.document_reader import ReaderCrashed

EVIDENCE = (
    PageRegion(
        page=2, box=Box(1, 2, 3, 4), layer=Layer.OCR, words=(WordSpan(7, 0, 3),), text="119"
    ),
    XmlNode(xpath="/ubl:Invoice/cbc:ID", line=3),
    XmlNode(xpath="/ubl:Invoice/cbc:ID", line=3, attachment_sha256="ab" * 32),
    Derivation(expression="sum(lines[*].net_amount)", value=Decimal("1190.00")),
    DateDerivation(expression="issue_date + 14 days", value=date(2024, 3, 15)),
    HumanEdit(actor="olga", time=datetime(2026, 11, 2, 3, 4, 5, 6, tzinfo=UTC)),
)
COMPLETENESS = Completeness(
    verdict=Verdict.PARTIAL,
    rows_seen=3,
    rows_returned=2,
    pages=2,
    pages_read=1,
    sums_close=False,
    gaps=(Gap.ROWS_NOT_RETURNED,),
)


def reading(content: InvoiceContent, annotations: dict[str, FieldAnnotation]) -> Reading:
    return Reading(
        form=DocumentForm.PDF_WITH_XML,
        content=content,
        annotations=annotations,
        findings=(
            Finding(
                rule_id="BR-CO-15",
                rule_pack="cen",
                severity=Severity.ERROR,
                outcome=Outcome.FAILED,
                field_paths=("totals.amount_due",),
                message="sums",
                left=Decimal("1190.00"),
                right=Decimal("1.19E+3"),
                residual=Decimal("0.00"),
            ),
        ),
        completeness=COMPLETENESS,
        review_reasons=(ReviewReason(ReviewCode.RULE_FAILED, "BR-CO-15"),),
        other_rules={Outcome.PASSED: ("BR-01", "BR-02"), Outcome.NOT_APPLICABLE: ("BR-AE-01",)},
    )


def handed_on(sent: Reading) -> Reading:
    received = decode_answer(encode_answer(InvoicesRead((pieces_of(sent),))))
    assert isinstance(received, InvoicesRead)
    [pieces] = received.readings
    return pieces.unpacked()


@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda evidence: type(evidence).__name__)
def test_every_kind_of_evidence_comes_through(evidence: PageRegion | XmlNode) -> None:
    annotation = FieldAnnotation(
        status=FieldStatus.CONFLICT,
        raw_text="119,00",
        confidence=0.1 + 0.2,
        evidence=(evidence, *EVIDENCE),
        candidates=(Candidate(value="119.00", confidence=1 / 3, evidence=(evidence,)),),
        reasons=(AnnotationReason.SUMS_DO_NOT_CLOSE,),
    )
    sent = reading(InvoiceContent(), {"totals.amount_due": annotation})
    assert handed_on(sent) == sent


@given(
    amount=st.decimals(allow_nan=False, allow_infinity=False),
    day=st.dates(),
    number=st.text(st.characters(codec="utf-8")),
)
def test_values_come_through_to_the_last_digit(amount: Decimal, day: date, number: str) -> None:
    content = InvoiceContent(
        invoice_number=number, issue_date=day, totals=DocumentTotals(amount_due=amount)
    )
    received = handed_on(reading(content, {}))
    assert [(path, repr(value)) for path, value in leaves(received.content)] == [
        (path, repr(value)) for path, value in leaves(content)
    ]


def test_sides_of_a_finding_keep_their_digits() -> None:
    [finding] = handed_on(reading(InvoiceContent(), {})).findings
    assert list(map(str, (finding.left, finding.right, finding.residual))) == [
        "1190.00",
        "1.19E+3",
        "0.00",
    ]


def test_annotations_come_in_pieces_and_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ANNOTATIONS_EACH", 3)
    absent = FieldAnnotation(status=FieldStatus.ABSENT)
    annotations = {f"lines[{at}].net_amount": absent for at in range(10)}
    sent = reading(InvoiceContent(), annotations)
    assert len(pieces_of(sent).annotations) == 4
    assert list(handed_on(sent).annotations) == list(annotations)


@pytest.mark.parametrize(
    "piece",
    [
        Piece(1, zlib.compress(b"\xc0")),  # nil
        Piece(5, b"words"),
        Piece(5, zlib.compress(bytes(1_000_000))),  # more than it says
        Piece(1_000_000, zlib.compress(b"\x80")),  # less
    ],
)
def test_piece_that_is_none_is_the_end_of_whoever_sent_it(piece: Piece) -> None:
    pieces = msgspec.structs.replace(pieces_of(reading(InvoiceContent(), {})), annotations=(piece,))
    with pytest.raises(ReaderCrashed):
        pieces.unpacked()


def test_size_is_that_of_what_is_unpacked() -> None:
    absent = FieldAnnotation(status=FieldStatus.ABSENT)
    packed = pieces_of(
        reading(InvoiceContent(), {f"lines[{at}].net_amount": absent for at in range(10_000)})
    )
    assert packed.size_bytes > 300_000
    assert len(encode_answer(InvoicesRead((packed,)))) < packed.size_bytes / 5
