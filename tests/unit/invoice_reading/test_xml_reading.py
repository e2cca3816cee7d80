"""E-invoices through every stage: what contradicts itself, what is odd, what is broken."""

from typing import NoReturn

import pytest

from en16931.finding import Outcome, Severity
from invoice_reading.annotation import AnnotationReason, FieldStatus
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.limits import PdfLimits
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from small_invoice import ubl_invoice


def _no_pdf(data: bytes, limits: PdfLimits) -> NoReturn:
    raise AssertionError


def _read(data: bytes) -> Reading:
    return read(data, "", Stages(pdf_engine=_no_pdf))


def _with(*more: str) -> bytes:
    """The small invoice with more elements at its end."""
    return ubl_invoice().replace(b"</Invoice>", "".join(more).encode() + b"</Invoice>")


_MANDATE = "<cac:PaymentMeans><cac:PaymentMandate><cbc:ID>{}</cbc:ID></cac:PaymentMandate></cac:PaymentMeans>"


def test_a_field_with_two_values_is_a_conflict_with_both_as_candidates() -> None:
    reading = _read(_with(_MANDATE.format("M-1"), _MANDATE.format("M-2")))
    path = "payment_instructions.direct_debit.mandate_reference_identifier"
    annotation = reading.annotations[path]
    assert annotation.status is FieldStatus.CONFLICT
    assert annotation.reasons == (AnnotationReason.DECLARED_TWICE,)
    assert [candidate.value for candidate in annotation.candidates] == ["M-1", "M-2"]
    assert all(len(candidate.evidence) == 1 for candidate in annotation.candidates)
    assert len(annotation.evidence) == 2
    assert f"FIELD_CONFLICT:{path}" in map(str, reading.review_reasons)


def test_an_amount_without_a_sign_goes_to_a_person_and_decides_no_sum() -> None:
    reading = _read(
        _with("<cac:AllowanceCharge><cbc:Amount>1.00</cbc:Amount></cac:AllowanceCharge>")
    )
    annotation = reading.annotations["allowances[0].amount"]
    assert annotation.status is FieldStatus.ILLEGIBLE and annotation.raw_text == "1.00"
    assert "FIELD_ILLEGIBLE:allowances[0].amount" in map(str, reading.review_reasons)
    outcomes = {finding.rule_id: finding.outcome for finding in reading.findings}
    assert outcomes["BR-CO-11"] is Outcome.NOT_DECIDABLE


def test_what_is_odd_is_a_finding_that_names_its_line() -> None:
    own = '\n<x:Own xmlns:x="urn:example:own">secret</x:Own>'
    sound = _read(ubl_invoice())
    assert not [finding for finding in sound.findings if finding.rule_id.startswith("XML-")]
    [finding] = [each for each in _read(_with(own)).findings if each.rule_id == "XML-02"]
    assert (finding.outcome, finding.severity) == (Outcome.FAILED, Severity.INFORMATION)
    line = ubl_invoice().count(b"\n") + 2
    assert finding.message.endswith(f": line {line}") and "secret" not in finding.message


def test_a_contradicted_encoding_is_read_and_goes_to_a_person() -> None:
    plain = ubl_invoice()
    declaration = b'<?xml version="1.0" encoding="UTF-16"?>'
    reading = _read(declaration + plain[plain.index(b"<Invoice") :])
    assert reading.content == _read(plain).content
    assert "RULE_FAILED:XML-01" in map(str, reading.review_reasons)


@pytest.mark.parametrize(
    ("data", "reason", "line", "column"),
    [
        (b"<a>\n <b>\n</a>", "XML_NOT_WELL_FORMED", "3", "3"),
        (b"\n<!DOCTYPE a><a/>", "XML_FORBIDDEN_CONSTRUCT", "2", "12"),
    ],
)
def test_an_error_says_where_and_what(data: bytes, reason: str, line: str, column: str) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        _read(data)
    assert caught.value.reason == reason
    assert (caught.value.metadata["line"], caught.value.metadata["column"]) == (line, column)
    assert caught.value.metadata["cause"]
