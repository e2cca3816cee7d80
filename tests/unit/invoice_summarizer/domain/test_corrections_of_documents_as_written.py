"""What the XML as it was written breaks is told after a correction too: the document says it still."""

from decimal import Decimal

import pytest

from en16931.finding import Outcome
from invoice_reading.annotation import HumanEdit
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.domain.corrected_reading import corrected_reading
from invoice_summarizer.domain.correction import Correction, corrected_content
from small_invoice import ubl_invoice
from storage_samples import LONG_AGO

_CLAIM = b"<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>"
_VAT_TOTAL = b'<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">'
_TOTAL = "totals.amount_with_vat"


def _read(data: bytes) -> Reading:
    def no_pdf(data: bytes, limits: PdfLimits) -> PdfPages:
        raise AssertionError("an e-invoice has no pages")

    claiming = data.replace(b"<cbc:ID>", _CLAIM, 1)
    return read(claiming, "application/xml", Stages(pdf_engine=no_pdf))


def _with_total(reading: Reading, total: str) -> Reading:
    content = corrected_content(reading.content, [Correction(_TOTAL, total)])
    return corrected_reading(reading, content, HumanEdit(actor="rita", time=LONG_AGO)).reading


def _failed(reading: Reading) -> list[str]:
    return [
        finding.rule_id
        for finding in reading.findings
        if finding.outcome is Outcome.FAILED and finding.rule_id.startswith("BR-CO-15")
    ]


@pytest.fixture
def as_written() -> Reading:
    # The artefact does not see a VAT total without its currency.
    return _read(ubl_invoice().replace(_VAT_TOTAL, b"<cac:TaxTotal><cbc:TaxAmount>"))


def test_breach_of_the_document_stays_told_when_a_value_is_confirmed(as_written: Reading) -> None:
    assert _failed(as_written) == ["BR-CO-15/XML"]
    assert _failed(_with_total(as_written, "119.00")) == ["BR-CO-15/XML"]


def test_breach_of_the_document_is_not_lost_by_a_correction_that_is_taken_back(
    as_written: Reading,
) -> None:
    wrong = _with_total(as_written, "120.00")
    assert wrong.content.totals is not None
    assert wrong.content.totals.amount_with_vat == Decimal("120.00")
    assert _failed(wrong) == ["BR-CO-15", "BR-CO-15/XML"]
    assert "BR-CO-15" in {reason.subject for reason in wrong.review_reasons}
    right = _with_total(wrong, "119.00")
    assert _failed(right) == ["BR-CO-15/XML"]
    assert not {r.subject for r in right.review_reasons if r.subject.startswith("BR-CO-15")}


def test_breach_of_content_and_xml_is_told_of_the_xml_once_the_content_is_corrected() -> None:
    reading = _read(ubl_invoice(declared_total="120.00"))
    assert _failed(reading) == ["BR-CO-15"]
    right = _with_total(reading, "119.00")
    assert _failed(right) == ["BR-CO-15/XML"]
    assert not {r.subject for r in right.review_reasons if r.subject.startswith("BR-CO-15")}
    [kept] = [finding for finding in right.findings if finding.rule_id == "BR-CO-15/XML"]
    assert kept.rule_pack == "cen-as-written-1.3.16"
    assert _failed(_with_total(right, "118.00")) == ["BR-CO-15", "BR-CO-15/XML"]


def test_breach_of_content_that_was_corrected_wrongly_first_is_not_lost() -> None:
    reading = _read(ubl_invoice(declared_total="120.00"))
    wrong = _with_total(reading, "121.00")
    assert _failed(wrong) == ["BR-CO-15", "BR-CO-15/XML"]
    assert _failed(_with_total(wrong, "119.00")) == ["BR-CO-15/XML"]
