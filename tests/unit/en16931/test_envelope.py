import pytest
from lxml import etree
from unit.en16931.small_xml import ubl

from en16931.envelope import ENVELOPE_NAMESPACE, ENVELOPE_PREFIX
from en16931.judgement import read_judged
from en16931.namespaces import NAMESPACES
from en16931.reader import read_xml
from en16931.xml_reading import SeveralInvoices, Syntax, UnknownSyntax

_HEADER = "<StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion></StandardBusinessDocumentHeader>"
_INVOICE = ubl("<cbc:ID>PEP-446</cbc:ID>")


def _envelope(*documents: str) -> bytes:
    inside = _HEADER + "".join(documents)
    return f'<StandardBusinessDocument xmlns="{ENVELOPE_NAMESPACE}">{inside}</StandardBusinessDocument>'.encode()


def test_the_invoice_in_an_envelope_is_read_with_its_place_in_it() -> None:
    data = _envelope(_INVOICE)
    reading = read_xml(data)
    assert reading.syntax is Syntax.UBL_INVOICE
    assert reading.content == read_xml(_INVOICE.encode()).content
    namespaces = {**NAMESPACES[reading.syntax], ENVELOPE_PREFIX: ENVELOPE_NAMESPACE}
    found = etree.fromstring(data).xpath(
        reading.places["invoice_number"].xpath, namespaces=namespaces
    )
    assert isinstance(found, list) and [node.text for node in found] == ["PEP-446"]  # type: ignore[union-attr]


def test_it_is_judged_as_it_is_without_one() -> None:
    invoice = ubl("<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>")
    broken = {finding.rule_id for finding in read_judged(invoice.encode()).broken}
    assert broken
    assert {finding.rule_id for finding in read_judged(_envelope(invoice)).broken} == broken


def test_several_documents_are_not_read_as_one() -> None:
    with pytest.raises(SeveralInvoices):
        read_xml(_envelope(_INVOICE, _INVOICE))


@pytest.mark.parametrize("inside", ["", "<Other/>"])
def test_an_envelope_without_an_invoice_is_none(inside: str) -> None:
    with pytest.raises(UnknownSyntax):
        read_xml(_envelope(inside))
