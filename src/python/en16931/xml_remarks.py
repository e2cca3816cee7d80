"""What is odd about the XML around an invoice: it could be read, and somebody may want to know."""

from collections.abc import Iterator, Mapping, Sequence

from en16931.binding.path import compile_path
from en16931.embedded_types import contradicts_type
from en16931.hardened_xml import NAME_SEPARATOR, ParsedXml, XmlElement
from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax, XmlRemark

_SIGNATURES = frozenset({"Signature", "UBLDocumentSignatures"})
_EXTENSIONS = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
_MOST_LINES = 20
# Declared for attributes, and for tools: no element of an invoice is of them.
_NO_ELEMENTS = frozenset(
    {"http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/2001/XMLSchema"}
)
_OF_UBL = (
    "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID",
    "cac:AllowanceCharge/cac:TaxCategory/cac:TaxScheme/cbc:ID",
)
_OF_UBL_ITEM = "cac:Item/cac:ClassifiedTaxCategory/cac:TaxScheme/cbc:ID"
_CII_ROWS = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_CII_LINE = "ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeSettlement"
_ZUGFERD_1_ROWS = (
    "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTradeSettlement"
)
_ZUGFERD_1_LINE = "ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedSupplyChainTradeSettlement"
_TAX_SCHEMES = {
    syntax: tuple(compile_path(path, NAMESPACES[syntax]) for path in paths)
    for syntax, paths in {
        Syntax.UBL_INVOICE: (*_OF_UBL, f"cac:InvoiceLine/{_OF_UBL_ITEM}"),
        Syntax.UBL_CREDIT_NOTE: (*_OF_UBL, f"cac:CreditNoteLine/{_OF_UBL_ITEM}"),
        Syntax.CII: (
            f"{_CII_ROWS}/ram:ApplicableTradeTax/ram:TypeCode",
            f"{_CII_ROWS}/ram:SpecifiedTradeAllowanceCharge/ram:CategoryTradeTax/ram:TypeCode",
            f"rsm:SupplyChainTradeTransaction/{_CII_LINE}/ram:ApplicableTradeTax/ram:TypeCode",
        ),
        Syntax.ZUGFERD_1: (
            f"{_ZUGFERD_1_ROWS}/ram:ApplicableTradeTax/ram:TypeCode",
            f"{_ZUGFERD_1_ROWS}/ram:SpecifiedTradeAllowanceCharge/ram:CategoryTradeTax/ram:TypeCode",
            f"rsm:SpecifiedSupplyChainTradeTransaction/{_ZUGFERD_1_LINE}/ram:ApplicableTradeTax/ram:TypeCode",
        ),
    }.items()
}

_OF_UBL_FILE = "cac:AdditionalDocumentReference/cac:Attachment/cbc:EmbeddedDocumentBinaryObject"
_EMBEDDED = {
    syntax: compile_path(path, NAMESPACES[syntax])
    for syntax, path in {
        Syntax.UBL_INVOICE: _OF_UBL_FILE,
        Syntax.UBL_CREDIT_NOTE: _OF_UBL_FILE,
        Syntax.CII: "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeAgreement"
        "/ram:AdditionalReferencedDocument/ram:AttachmentBinaryObject",
    }.items()
}


def remarks_on(
    document: ParsedXml, root: XmlElement, syntax: Syntax
) -> Mapping[XmlRemark, tuple[int, ...]]:
    """Returns what is odd about the document whose invoice is the root, with the lines where it stands."""
    own = frozenset(NAMESPACES[syntax].values()) | {""}
    has_others = not document.namespaces <= own | _NO_ELEMENTS
    lines = {
        XmlRemark.ENCODING_CONTRADICTED: [1] if document.encoding_contradicted else [],
        XmlRemark.EXTENSIONS: sorted(_lines_of_extensions(root, own)) if has_others else [],
        XmlRemark.OTHER_TAX_SCHEME: sorted(_lines_of_other_taxes(root, syntax)),
        XmlRemark.EMBEDDED_TYPE: sorted(_lines_of_other_types(root, syntax)),
    }
    return {remark: tuple(found[:_MOST_LINES]) for remark, found in lines.items() if found}


def _lines_of_extensions(root: XmlElement, own: frozenset[str]) -> Iterator[int]:
    """Yields the lines of the outermost elements of other namespaces, wherever they stand, less signatures: they are no
    part of the syntax."""
    waiting = [root]
    own_names: set[str] = set()  # so that each name is taken apart once
    while waiting:
        for name, elements in waiting.pop().children.items():
            if name not in own_names:
                namespace, _, local = name.rpartition(NAME_SEPARATOR)
                if namespace in own:
                    own_names.add(name)
            if name in own_names:
                for element in elements:
                    if element.children:
                        waiting.append(element)
            elif namespace == _EXTENSIONS:
                for element in elements:
                    yield from _lines_of_contents(element)
            elif local not in _SIGNATURES:
                yield from (element.line for element in elements)


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
    for path in _TAX_SCHEMES.get(syntax, ()):
        for scheme in path.texts(root, "", {}):
            if scheme.text.strip().upper() != "VAT":
                yield scheme.element.line


def _lines_of_other_types(root: XmlElement, syntax: Syntax) -> Iterator[int]:
    """Yields the lines of the embedded documents whose bytes contradict the media type that is declared for them."""
    path = _EMBEDDED.get(syntax)
    for embedded in path.texts(root, "", {}) if path is not None else ():
        if contradicts_type(embedded.element.attributes.get("mimeCode", ""), embedded.text):
            yield embedded.element.line
