"""What the XMP metadata of a PDF says of the e-invoice inside it, as Factur-X 1.0 and ZUGFeRD 1 and 2 define it."""

from collections.abc import Iterator
from dataclasses import dataclass

from en16931.hardened_xml import NAME_SEPARATOR, XmlElement, XmlLimits, parse_xml
from en16931.xml_reading import XmlReadingError

_OF_INVOICES = (
    "urn:factur-x:pdfa:CrossIndustryDocument:invoice:",
    "urn:zugferd:pdfa:CrossIndustryDocument:invoice:",
    "urn:ferd:pdfa:CrossIndustryDocument:invoice:",
)
_PDF_A = "http://www.aiim.org/pdfa/ns/id/"
_LIMITS = XmlLimits(max_bytes=1 << 20, max_elements=20_000)


@dataclass(frozen=True, slots=True)
class HybridMetadata:
    """`conformance_level` and `file_name` of the invoice, and which part of PDF/A the file claims."""

    conformance_level: str | None = None
    file_name: str | None = None
    pdf_a_part: str | None = None


def hybrid_metadata(xmp: bytes) -> HybridMetadata:
    """Returns what is said; metadata that is no XML says nothing."""
    try:
        root = parse_xml(xmp, limits=_LIMITS)
    except XmlReadingError:
        return HybridMetadata()
    of_invoice: dict[str, str] = {}
    part: str | None = None
    for name, text in _properties(root):
        namespace, _, local = name.rpartition(NAME_SEPARATOR)
        if namespace.startswith(_OF_INVOICES):
            of_invoice.setdefault(local, text.strip())
        elif namespace == _PDF_A and local == "part":
            part = part or text.strip()
    return HybridMetadata(
        conformance_level=of_invoice.get("ConformanceLevel") or None,
        file_name=of_invoice.get("DocumentFileName") or None,
        pdf_a_part=part or None,
    )


def _properties(element: XmlElement) -> Iterator[tuple[str, str]]:
    """Yields every property: XMP writes it as an element or as an attribute."""
    yield from element.attributes.items()
    for name, children in element.children.items():
        for child in children:
            if not child.children:
                yield name, child.text
            yield from _properties(child)
