"""The envelope in which networks carry an e-invoice: a StandardBusinessDocument, of which it is the one payload."""

from typing import NamedTuple

from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.xml_reading import SeveralInvoices, UnknownSyntax

ENVELOPE_PREFIX = "sbdh"
ENVELOPE_NAMESPACE = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
_DOCUMENT = "StandardBusinessDocument"
_HEADER = "StandardBusinessDocumentHeader"


class Payload(NamedTuple):
    """The invoice, and the XPath of the envelope around it; empty where there is none."""

    root: XmlElement
    envelope: str


def payload_of(root: XmlElement) -> Payload:
    """Returns what the envelope holds, or the document itself where it is none.

    Raises SeveralInvoices where it holds more than one document, and UnknownSyntax where it holds none.
    """
    if root.name != _name(_DOCUMENT):
        return Payload(root, "")
    held = [
        element
        for name, elements in root.children.items()
        if name != _name(_HEADER)
        for element in elements
    ]
    if not held:
        raise UnknownSyntax("the envelope holds no document")
    if len(held) > 1:
        raise SeveralInvoices(
            "the envelope holds several documents: send each in a file of its own"
        )
    return Payload(held[0], f"/{ENVELOPE_PREFIX}:{_DOCUMENT}")


def _name(local: str) -> str:
    return f"{ENVELOPE_NAMESPACE}{NAME_SEPARATOR}{local}"
