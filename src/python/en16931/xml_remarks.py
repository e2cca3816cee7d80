"""What is odd about the XML around an invoice: it could be read, and somebody may want to know."""

from collections.abc import Iterator, Mapping

from en16931.hardened_xml import NAME_SEPARATOR, ParsedXml, XmlElement
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax, XmlRemark

_UBL = frozenset({Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE})
_SIGNATURES = frozenset({"Signature", "UBLDocumentSignatures"})
_EXTENSIONS = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
_CAC, _CBC = (
    f"{NAMESPACES[Syntax.UBL_INVOICE][prefix]}{NAME_SEPARATOR}" for prefix in ("cac", "cbc")
)
_MOST_LINES = 20


def remarks_on(
    document: ParsedXml, root: XmlElement, syntax: Syntax
) -> Mapping[XmlRemark, tuple[int, ...]]:
    """Returns what is odd about the document whose invoice is the root, with the lines where it stands."""
    lines = {
        XmlRemark.ENCODING_CONTRADICTED: [1] if document.encoding_contradicted else [],
        XmlRemark.EXTENSIONS: sorted(_lines_of_extensions(root, syntax)),
        XmlRemark.OTHER_TAX_SCHEME: sorted(_lines_of_other_taxes(root, syntax)),
    }
    return {remark: tuple(found[:_MOST_LINES]) for remark, found in lines.items() if found}


def _lines_of_extensions(root: XmlElement, syntax: Syntax) -> Iterator[int]:
    """Yields the lines of elements of other namespaces below the root, less signatures: they are no part of the syntax."""
    own = frozenset(NAMESPACES[syntax].values()) | {""}
    for name, elements in root.children.items():
        namespace, _, local = name.rpartition(NAME_SEPARATOR)
        if namespace in own:
            continue
        for element in elements:
            if namespace == _EXTENSIONS:
                yield from _lines_of_contents(element)
            elif local not in _SIGNATURES:
                yield element.line


def _lines_of_contents(extensions: XmlElement) -> Iterator[int]:
    for extension in _all(extensions, _EXTENSIONS, "UBLExtension"):
        for content in _all(extension, _EXTENSIONS, "ExtensionContent"):
            for name, elements in content.children.items():
                if name.rpartition(NAME_SEPARATOR)[2] not in _SIGNATURES:
                    yield from (element.line for element in elements)


def _all(element: XmlElement, namespace: str, local: str) -> list[XmlElement]:
    return element.children.get(f"{namespace}{NAME_SEPARATOR}{local}", [])


def _lines_of_other_taxes(root: XmlElement, syntax: Syntax) -> Iterator[int]:
    """Yields the lines of the taxes of a UBL document that are of another scheme than VAT."""
    if syntax not in _UBL:
        return
    for total in root.children.get(f"{_CAC}TaxTotal", ()):
        for row in total.children.get(f"{_CAC}TaxSubtotal", ()):
            for category in row.children.get(f"{_CAC}TaxCategory", ()):
                for scheme in category.children.get(f"{_CAC}TaxScheme", ()):
                    for identifier in scheme.children.get(f"{_CBC}ID", ()):
                        text = identifier.text.strip()
                        if text and text.upper() != "VAT":
                            yield identifier.line
