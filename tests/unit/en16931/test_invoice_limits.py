import pytest

from en16931.hardened_xml import XmlLimits
from en16931.reader import read_xml
from en16931.xml_reading import XmlLimit, XmlLimitExceeded

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_LINE = "<cac:InvoiceLine><cbc:ID>1</cbc:ID></cac:InvoiceLine>"
_VAT_ROW = "<cac:TaxTotal><cac:TaxSubtotal><cbc:TaxAmount>1</cbc:TaxAmount></cac:TaxSubtotal></cac:TaxTotal>"
_NOTE = "<cbc:Note>sixes!</cbc:Note>"
_UNREADABLE = "<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount>x</cbc:Amount></cac:AllowanceCharge>"


def _invoice(body: str) -> bytes:
    return (
        f'<Invoice xmlns="{_UBL}Invoice-2" xmlns:cac="{_UBL}CommonAggregateComponents-2" '
        f'xmlns:cbc="{_UBL}CommonBasicComponents-2">{body}</Invoice>'.encode()
    )


@pytest.mark.parametrize(
    ("part", "limits", "limit"),
    [
        (_LINE, XmlLimits(max_lines=3), XmlLimit.LINES),
        (_NOTE, XmlLimits(max_values=3), XmlLimit.VALUES),
        (_VAT_ROW, XmlLimits(max_vat_rows=3), XmlLimit.VAT_ROWS),
        (_NOTE, XmlLimits(max_repetitions=3), XmlLimit.REPETITIONS),
        (_NOTE, XmlLimits(max_characters=18), XmlLimit.TEXT),
        (_UNREADABLE, XmlLimits(max_unreadable=3), XmlLimit.UNREADABLE),
    ],
)
def test_invoice_may_have_as_much_as_the_limit_and_no_more(
    part: str, limits: XmlLimits, limit: XmlLimit
) -> None:
    read_xml(_invoice(part * 3), limits=limits)
    with pytest.raises(XmlLimitExceeded) as raised:
        read_xml(_invoice(part * 4), limits=limits)
    assert raised.value.limit is limit


@pytest.mark.parametrize(
    ("body", "limit"),
    [
        ("<cbc:Note>x</cbc:Note>" * 480_000, XmlLimit.REPETITIONS),
        (_LINE * 10_001, XmlLimit.LINES),
        (
            "<cac:InvoiceLine><cac:Item>"
            + "<cac:AdditionalItemProperty><cbc:Name>a</cbc:Name></cac:AdditionalItemProperty>"
            * 9_000
            + "</cac:Item></cac:InvoiceLine>",
            XmlLimit.REPETITIONS,
        ),
        (f"<cbc:Note>{'x' * 4_000_001}</cbc:Note>", XmlLimit.TEXT),
    ],
)
def test_more_than_any_invoice_has_is_refused_by_default(body: str, limit: XmlLimit) -> None:
    with pytest.raises(XmlLimitExceeded) as raised:
        read_xml(_invoice(body))
    assert raised.value.limit is limit


def test_more_vat_rows_than_any_invoice_has_are_refused_by_default() -> None:
    with pytest.raises(XmlLimitExceeded):
        read_xml(_invoice(_VAT_ROW * 1001))
