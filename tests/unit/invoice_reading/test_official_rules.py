"""Official rules in a reading: what counts money sends to review, what is formal is told."""

import pytest

from en16931.finding import Outcome
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from small_invoice import ubl_invoice

_EN16931 = b"<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>"

_TAXED = (
    b"<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>"
    b"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>"
)


def _read(data: bytes) -> Reading:
    def no_pdf(data: bytes, limits: PdfLimits) -> PdfPages:
        raise AssertionError("an e-invoice has no pages")

    return read(data, "application/xml", Stages(pdf_engine=no_pdf))


def _claiming(data: bytes) -> bytes:
    """Returns the invoice with BT-24, and with a VAT category of each line."""
    return data.replace(b"<cbc:ID>", _EN16931, 1).replace(b"</cac:Item>", _TAXED)


def _failed(reading: Reading) -> set[str]:
    return {each.rule_id for each in reading.findings if each.outcome is Outcome.FAILED}


def test_formal_breach_is_told_and_stops_nothing() -> None:
    reading = _read(_claiming(ubl_invoice()))
    assert "BR-08" in _failed(reading)  # the seller has no address
    assert reading.review_reasons == ()


@pytest.mark.parametrize(
    ("written", "changed", "rule"),
    [
        (
            b"<cbc:Percent>19</cbc:Percent><cac:Tax",
            b"<cbc:Percent>0</cbc:Percent><cac:Tax",
            "BR-S-05",
        ),
        (b'PriceAmount currencyID="EUR">', b'PriceAmount currencyID="EUR">-', "BR-27"),
        (b"<cbc:InvoiceTypeCode>380", b"<cbc:InvoiceTypeCode>999", "BR-CL-01"),
        (
            b"<cac:ClassifiedTaxCategory><cbc:ID>S",
            b"<cac:ClassifiedTaxCategory><cbc:ID>Z",
            "BR-Z-01",
        ),
    ],
)
def test_breach_by_which_money_is_counted_sends_to_review(
    written: bytes, changed: bytes, rule: str
) -> None:
    data = _claiming(ubl_invoice())
    assert written in data
    reading = _read(data.replace(written, changed))
    assert rule in _failed(reading)
    assert f"RULE_FAILED:{rule}" in map(str, reading.review_reasons)


def test_invoice_that_does_not_claim_the_standard_is_not_judged_by_it() -> None:
    data = ubl_invoice().replace(b"<cac:TaxCategory><cbc:ID>S", b"<cac:TaxCategory><cbc:ID>HI")
    reading = _read(data)
    assert not _failed(reading)
    assert reading.review_reasons == ()


def test_no_rule_is_told_both_of_the_document_and_of_its_content() -> None:
    reading = _read(_claiming(ubl_invoice(declared_total="1.00")))
    told = [each.rule_id for each in reading.findings if each.rule_id == "BR-CO-15"]
    assert told == ["BR-CO-15"]


def test_third_decimal_is_a_breach_where_the_standard_is_claimed_alone() -> None:
    data = ubl_invoice(declared_total="119.000")
    assert not [rule for rule in _failed(_read(data)) if rule.startswith("BR-DEC-")]
    claimed = _read(_claiming(data))
    assert "RULE_FAILED:BR-DEC-14" in map(str, claimed.review_reasons)
