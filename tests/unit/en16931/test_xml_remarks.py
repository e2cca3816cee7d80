"""What is odd about the XML of an invoice that can be read."""

import pytest
from unit.en16931.small_xml import cii_settlement, read, ubl

from en16931.reader import read_xml
from en16931.xml_reading import NotWellFormed, XmlRemark

_DECLARED = '<?xml version="1.0" encoding="{}"?>\n'
_INVOICE = ubl("<cbc:ID>Köln-1</cbc:ID>")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-16", "utf-8"),
        ("US-ASCII", "utf-8"),
        ("UTF-8", "utf-16"),
        ("ISO-8859-1", "utf-16-le"),
        ("UTF-8", "utf-16-be"),
        ("ISO-8859-1", "utf-8-sig"),
    ],
)
def test_bytes_that_are_beyond_doubt_count_before_a_declaration(
    declared: str, encoding: str
) -> None:
    reading = read_xml((_DECLARED.format(declared) + _INVOICE).encode(encoding))
    assert reading.content.invoice_number == "Köln-1"
    assert reading.remarks == {XmlRemark.ENCODING_CONTRADICTED: (1,)}


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("ISO-8859-1", "iso-8859-1"),
        ("windows-1252", "cp1252"),
    ],
)
def test_a_declaration_that_is_kept_is_not_remarked(declared: str, encoding: str) -> None:
    reading = read_xml((_DECLARED.format(declared) + _INVOICE).encode(encoding))
    assert reading.content.invoice_number == "Köln-1"
    assert not reading.remarks


def test_a_declaration_that_could_be_true_is_followed() -> None:
    reading = read_xml((_DECLARED.format("windows-1252") + _INVOICE).encode())
    assert reading.content.invoice_number == "KÃ¶ln-1"
    assert not reading.remarks


def test_bytes_of_an_unknown_encoding_are_refused_with_their_place() -> None:
    with pytest.raises(NotWellFormed, match="declared encoding") as caught:
        read_xml((_DECLARED.format("UTF-8") + _INVOICE).encode("iso-8859-1"))
    assert caught.value.line == 2 and caught.value.column > 1


def test_an_error_has_its_cause_line_and_column() -> None:
    with pytest.raises(NotWellFormed) as caught:
        read_xml(b"<a>\n  <b>\n</a>")
    error = caught.value
    assert (error.cause, error.line, error.column) == ("mismatched tag", 3, 3)
    assert str(error) == "mismatched tag at line 3, column 3"


_EXTENSIONS = (
    '<ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2">'
    "\n<ext:UBLExtension><ext:ExtensionContent>{}</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
)


def test_extensions_are_named_by_their_lines() -> None:
    own = '<x:Loyalty xmlns:x="urn:example:loyalty"><x:Points>7</x:Points></x:Loyalty>'
    assert read(ubl(_EXTENSIONS.format(own))).remarks == {XmlRemark.EXTENSIONS: (2,)}
    assert read(ubl(f"\n{own}")).remarks == {XmlRemark.EXTENSIONS: (2,)}


def test_a_signature_is_no_extension() -> None:
    signature = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'
    assert not read(ubl(_EXTENSIONS.format(signature))).remarks
    assert not read(ubl(signature)).remarks


def test_taxes_of_another_scheme_are_named_by_their_lines() -> None:
    row = (
        "<cac:TaxTotal><cac:TaxSubtotal><cac:TaxCategory><cac:TaxScheme>\n<cbc:ID>{}</cbc:ID>"
        "</cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
    )
    assert read(ubl(row.format("GST"))).remarks == {XmlRemark.OTHER_TAX_SCHEME: (2,)}
    assert not read(ubl(row.format("VAT"))).remarks
    row = "<ram:ApplicableTradeTax>\n<ram:TypeCode>{}</ram:TypeCode></ram:ApplicableTradeTax>"
    assert read(cii_settlement(row.format("GST"))).remarks == {XmlRemark.OTHER_TAX_SCHEME: (2,)}
    assert not read(cii_settlement(row.format("VAT"))).remarks


_OTHER = '<x:Points xmlns:x="urn:example:loyalty">7<x:Of/></x:Points>'


def test_extensions_are_named_wherever_they_stand() -> None:
    line = f"<cac:InvoiceLine>\n<cac:Item>\n{_OTHER}</cac:Item></cac:InvoiceLine>"
    assert read(ubl(line)).remarks == {XmlRemark.EXTENSIONS: (3,)}
    row = f"<ram:ApplicableTradeTax>\n{_OTHER}</ram:ApplicableTradeTax>\n{_OTHER}"
    assert read(cii_settlement(row)).remarks == {XmlRemark.EXTENSIONS: (2, 3)}


def test_a_namespace_that_no_element_is_of_is_no_extension() -> None:
    declared = '<cac:InvoiceLine xmlns:x="urn:example:loyalty" x:points="7"><cbc:ID>1</cbc:ID></cac:InvoiceLine>'
    assert not read(ubl(declared)).remarks


def test_taxes_of_lines_and_allowances_of_another_scheme_are_named() -> None:
    scheme = "<cac:TaxScheme>\n<cbc:ID>{}</cbc:ID></cac:TaxScheme>"
    for around in (
        "<cac:InvoiceLine><cac:Item><cac:ClassifiedTaxCategory>{}</cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine>",
        "<cac:AllowanceCharge><cac:TaxCategory>{}</cac:TaxCategory></cac:AllowanceCharge>",
    ):
        taxed = ubl(around.format(scheme))
        assert read(taxed.format("GST")).remarks == {XmlRemark.OTHER_TAX_SCHEME: (2,)}
        assert not read(taxed.format("vat")).remarks
    charge = (
        "<ram:SpecifiedTradeAllowanceCharge><ram:CategoryTradeTax>\n<ram:TypeCode>{}</ram:TypeCode>"
        "</ram:CategoryTradeTax></ram:SpecifiedTradeAllowanceCharge>"
    )
    assert read(cii_settlement(charge.format("GST"))).remarks == {XmlRemark.OTHER_TAX_SCHEME: (2,)}
    assert not read(cii_settlement(charge.format("VAT"))).remarks
