import pytest

from en16931.hardened_xml import XmlLimits
from en16931.reader import read_xml
from en16931.xml_reading import XmlLimitExceeded

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_LINE = "<cac:InvoiceLine><cbc:ID>1</cbc:ID></cac:InvoiceLine>"
_VAT_ROW = "<cac:TaxTotal><cac:TaxSubtotal><cbc:TaxAmount>1</cbc:TaxAmount></cac:TaxSubtotal></cac:TaxTotal>"
_UNREADABLE = "<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount>x</cbc:Amount></cac:AllowanceCharge>"


def _invoice(body: str) -> bytes:
    return (
        f'<Invoice xmlns="{_UBL}Invoice-2" xmlns:cac="{_UBL}CommonAggregateComponents-2" '
        f'xmlns:cbc="{_UBL}CommonBasicComponents-2">{body}</Invoice>'.encode()
    )


@pytest.mark.parametrize(
    ("part", "limits"),
    [
        (_LINE, XmlLimits(max_lines=3)),
        (_VAT_ROW, XmlLimits(max_vat_rows=3)),
        (_UNREADABLE, XmlLimits(max_unreadable=3)),
    ],
)
def test_invoice_may_have_as_much_as_the_limit_and_no_more(part: str, limits: XmlLimits) -> None:
    read_xml(_invoice(part * 3), limits=limits)
    with pytest.raises(XmlLimitExceeded):
        read_xml(_invoice(part * 4), limits=limits)


def test_more_vat_rows_than_any_invoice_has_are_refused_by_default() -> None:
    with pytest.raises(XmlLimitExceeded):
        read_xml(_invoice(_VAT_ROW * 1001))
