"""What XMP says of the invoice inside: as elements, as attributes, in every version of the schema."""

import pytest

from invoice_reading.check.hybrid_metadata import HybridMetadata, hybrid_metadata

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def xmp(namespace: str, *, as_attributes: bool) -> bytes:
    values = {
        "ConformanceLevel": "EN 16931",
        "DocumentFileName": "a.xml",
        "DocumentType": "INVOICE",
    }
    attributes = "".join(f' fx:{name}="{text}"' for name, text in values.items())
    elements = "".join(f"<fx:{name}> {text} </fx:{name}>" for name, text in values.items())
    return (
        f'<?xpacket begin="\ufeff"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f'<rdf:Description xmlns:fx="{namespace}"{attributes if as_attributes else ""}>'
        f"{'' if as_attributes else elements}</rdf:Description>"
        '<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3"/>'
        "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


@pytest.mark.parametrize("as_attributes", [True, False])
@pytest.mark.parametrize(
    "namespace",
    [
        "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#",
        "urn:zugferd:pdfa:CrossIndustryDocument:invoice:2p0#",
        "urn:ferd:pdfa:CrossIndustryDocument:invoice:1p0#",
    ],
)
def test_each_version_is_read(namespace: str, as_attributes: bool) -> None:
    assert hybrid_metadata(xmp(namespace, as_attributes=as_attributes)) == HybridMetadata(
        conformance_level="EN 16931", file_name="a.xml", pdf_a_part="3"
    )


@pytest.mark.parametrize("data", [b"", b"<a", b"<!DOCTYPE a><a/>", b"\xff\xfe", b"<a>" * 100])
def test_metadata_that_cannot_be_read_say_nothing(data: bytes) -> None:
    assert hybrid_metadata(data) == HybridMetadata()


def test_other_schemas_say_nothing_of_the_invoice() -> None:
    data = xmp("urn:example#", as_attributes=True)
    assert hybrid_metadata(data) == HybridMetadata(pdf_a_part="3")
