"""A rule that content is asked too is told once; where only the document as written breaks it, it is told and weighs nothing."""

import pytest

from en16931.finding import Finding, Outcome
from invoice_reading.check.as_written import AS_WRITTEN
from invoice_reading.check.weight import keeps_from_passing
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from small_invoice import ubl_invoice

_CLAIM = b"<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>"
_VAT_TOTAL = b'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">'


def _read_document(data: bytes) -> Reading:
    def no_pdf(data: bytes, limits: PdfLimits) -> PdfPages:
        raise AssertionError("an e-invoice has no pages")

    return read(data, "application/xml", Stages(pdf_engine=no_pdf))


def _read(data: bytes) -> Reading:
    return _read_document(data.replace(b"<cbc:ID>", _CLAIM, 1))


def _failed(reading: Reading, rule_id: str) -> list[Finding]:
    return [
        finding
        for finding in reading.findings
        if finding.rule_id == rule_id and finding.outcome is Outcome.FAILED
    ]


def test_breach_of_the_document_alone_is_told_and_weighs_nothing() -> None:
    # The artefact does not see a VAT total without its currency; what it says is understood all the same.
    data = ubl_invoice().replace(_VAT_TOTAL, b"<cac:TaxTotal><cbc:TaxAmount>")
    reading = _read(data)
    [finding] = _failed(reading, "BR-CO-15/XML")
    assert not _failed(reading, "BR-CO-15")
    assert finding.rule_pack == AS_WRITTEN == "cen-as-written-1.3.16"
    assert not keeps_from_passing(finding)
    assert not [
        reason for reason in reading.review_reasons if reason.subject.startswith("BR-CO-15")
    ]


@pytest.mark.parametrize("rule_id", ["BR-CO-15", "BR-CO-16"])
def test_breach_of_the_content_too_is_told_once(rule_id: str) -> None:
    data = ubl_invoice(declared_total="120.00")
    if rule_id == "BR-CO-16":
        data = ubl_invoice().replace(
            b'PayableAmount currencyID="EUR">', b'PayableAmount currencyID="EUR">9'
        )
    reading = _read(data)
    [finding] = _failed(reading, rule_id)
    assert not _failed(reading, f"{rule_id}/XML")
    assert finding.rule_pack == "cen-1.3.16"
    assert keeps_from_passing(finding)


def test_payment_by_a_third_party_is_no_wrong_amount_due() -> None:
    core = b"urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
    extension = core + b"#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"
    payment = (
        b"<cac:PrepaidPayment><cbc:ID>1</cbc:ID>"
        b'<cbc:PaidAmount currencyID="EUR">5.00</cbc:PaidAmount>'
        b"<cbc:InstructionID>Fee</cbc:InstructionID></cac:PrepaidPayment>"
    )
    data = ubl_invoice().replace(b"119.00</cbc:PayableAmount>", b"124.00</cbc:PayableAmount>")
    with_payment = data.replace(b"<cac:TaxTotal>", payment + b"<cac:TaxTotal>", 1)

    def told(document: bytes, specification: bytes) -> set[str]:
        claim = b"<cbc:CustomizationID>" + specification + b"</cbc:CustomizationID><cbc:ID>"
        reading = _read_document(document.replace(b"<cbc:ID>", claim, 1))
        subjects = {reason.subject for reason in reading.review_reasons}
        return subjects & {"BR-CO-16", "BR-DEX-09"}

    assert told(with_payment, core) == {"BR-CO-16"}
    assert told(with_payment, extension) == set()
    assert told(data, extension) == {"BR-DEX-09"}
