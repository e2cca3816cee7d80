"""What is odd about the XML around an invoice: it could be read, and somebody may want to know."""

from collections.abc import Iterator, Mapping, Sequence

from en16931.binding.path import compile_path
from en16931.hardened_xml import NAME_SEPARATOR, ParsedXml, XmlElement
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax, XmlRemark

_SIGNATURES = frozenset({"Signature", "UBLDocumentSignatures"})
_EXTENSIONS = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
_MOST_LINES = 20
_UBL_SCHEMES = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID"
_TAX_SCHEMES = {
    syntax: compile_path(path, NAMESPACES[syntax])
    for syntax, path in (
        (Syntax.UBL_INVOICE, _UBL_SCHEMES),
        (Syntax.UBL_CREDIT_NOTE, _UBL_SCHEMES),
        (
            Syntax.CII,
            "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
            "/ram:ApplicableTradeTax/ram:TypeCode",
        ),
    )
}


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


def _all(element: XmlElement, namespace: str, local: str) -> Sequence[XmlElement]:
    return element.children.get(f"{namespace}{NAME_SEPARATOR}{local}", ())


def _lines_of_other_taxes(root: XmlElement, syntax: Syntax) -> Iterator[int]:
    """Yields the lines at which the taxes of the document are said to be of another scheme than VAT."""
    path = _TAX_SCHEMES.get(syntax)
    for scheme in path.texts(root, "", {}) if path is not None else ():
        if scheme.text.strip().upper() != "VAT":
            yield scheme.element.line
