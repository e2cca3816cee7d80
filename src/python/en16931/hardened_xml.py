"""XML from strangers: bytes become a small read-only tree, or a typed refusal.

The parser is expat, driven by events, so that every limit holds while the bytes are read and no tree is built of what
will be refused. A document type is refused where it begins, before anything in it is looked at; with it go entities,
external references and every expansion. Nothing is fetched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.parsers import expat

import msgspec

from en16931.xml_encoding import (
    certain_encoding,
    contradicts_declaration,
    is_utf_8,
    marked_encoding,
)
from en16931.xml_reading import ForbiddenXmlConstruct, NotWellFormed, XmlLimit, XmlLimitExceeded

NAME_SEPARATOR = "}"

# What is kept to be shared: attributes, and as many texts. Those of hostile documents are all different.
_MOST_SHARED = 1_000
_LONGEST_SHARED = 20  # characters of a text: codes, rates and numbers repeat from line to line


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """What a document may have: as bytes and as a tree, which hold while it is parsed, and as an invoice, while it is read.

    An invoice of 10,000 lines has 250 pages where it is printed; the longest in the sets that this was made with has
    some hundred. A line has about ten values, so that 10,000 lines are also what values allow. Of what else repeats (notes, allowances, properties of an item, files)
    invoices have a few, and texts of a page.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_depth: int = 64
    max_elements: int = 500_000
    max_lines: int = 10_000
    max_vat_rows: int = 1_000
    max_repetitions: int = 1_000
    max_values: int = 100_000
    max_characters: int = 4_000_000
    max_unreadable: int = 10_000
    max_invoices: int = 200


DEFAULT_XML_LIMITS = XmlLimits()


# Untracked by the garbage collector: the tree has no cycles, and goes with its last reference.
class XmlElement(msgspec.Struct, gc=False):
    """An element: its name as `namespace}local`, its attributes by such names, and its children by their names.

    `text` is the character data of an element without child elements, and empty for others: no syntax that is read here
    has mixed content. The mappings are shared or the parser's: they are not written to. Most elements are the only one of
    their name, and stand in a tuple, which takes less memory than a list.
    """

    name: str
    attributes: dict[str, str]
    line: int
    text: str
    children: "dict[str, Sequence[XmlElement]]"


# Shared by the many elements that have none; never written to.
_NO_CHILDREN: dict[str, Sequence[XmlElement]] = {}


@dataclass(frozen=True, slots=True)
class ParsedXml:
    """The root of a document, and whether its bytes are of another encoding than it declares.

    `namespaces` are those that it declares, wherever: no element is of another, but for those of none.
    """

    root: XmlElement
    namespaces: frozenset[str] = frozenset()
    encoding_contradicted: bool = False


def parse_xml(data: bytes, *, limits: XmlLimits = DEFAULT_XML_LIMITS) -> XmlElement:
    """Returns the root element of what `parse_document` does. Raises as it does."""
    return parse_document(data, limits=limits).root


def parse_document(data: bytes, *, limits: XmlLimits = DEFAULT_XML_LIMITS) -> ParsedXml:
    """Returns a well-formed document within the limits.

    Encodings: UTF-8, UTF-16, and the one-byte encodings that Python knows, by byte order mark or declaration. A byte
    order mark counts before a declaration. A declaration by which the bytes cannot be read is passed over where they are
    UTF-8 or UTF-16 beyond doubt. Raises XmlLimitExceeded (before parsing where the size alone decides),
    ForbiddenXmlConstruct for any document type, and NotWellFormed. The messages name a line, a column and expat's reason,
    and hold no text of the document.
    """
    if len(data) > limits.max_bytes:
        raise XmlLimitExceeded(XmlLimit.BYTES, limits.max_bytes)
    marked = marked_encoding(data)
    if marked is not None:
        return replace(
            _parsed(data, limits, marked),
            encoding_contradicted=contradicts_declaration(data, marked),
        )
    try:
        return _parsed(data, limits, None)
    except NotWellFormed as error:
        certain = None if error.cause == _UNSUPPORTED else certain_encoding(data)
        if certain is None:
            if error.cause == _INVALID_TOKEN and not is_utf_8(data):
                raise NotWellFormed(_NOT_UTF_8, error.line, error.column) from None
            raise
        try:
            return replace(_parsed(data, limits, certain), encoding_contradicted=True)
        except NotWellFormed:
            raise error from None


_INVALID_TOKEN = expat.ErrorString(expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN])
_UNSUPPORTED = "an encoding that is not supported"
_NOT_UTF_8 = "bytes that are not of the declared encoding, which is UTF-8 where none is,"


def _parsed(data: bytes, limits: XmlLimits, encoding: str | None) -> ParsedXml:
    parser = expat.ParserCreate(encoding, namespace_separator=NAME_SEPARATOR)
    namespaces: set[str] = set()
    parser.StartNamespaceDeclHandler = lambda _, uri: namespaces.add(uri or "")
    top = _build_under_new_element(parser, limits)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotWellFormed(expat.ErrorString(error.code), error.lineno, error.offset + 1) from None
    except (LookupError, ValueError):
        # This is how the parser refuses an encoding that is unknown or has more than one byte a character.
        raise NotWellFormed(_UNSUPPORTED, 1, 1) from None
    finally:
        # The handlers and the parser hold each other, and the tree: without this it would wait for the collector.
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = None
        parser.ExternalEntityRefHandler = None
    [[root]] = top.children.values()
    return ParsedXml(root, frozenset(namespaces))


def _build_under_new_element(parser: expat.XMLParserType, limits: XmlLimits) -> XmlElement:
    """Sets the handlers that build the tree while the parser runs; the root becomes the child of what is returned.

    The handlers are closures, since they run for every tag: attribute look-ups would double the time.
    """
    max_elements, max_depth = limits.max_elements, limits.max_depth
    top = current = XmlElement("", {}, 0, "", _NO_CHILDREN)
    above: list[XmlElement] = []
    chunks: list[str] = []
    elements = 0
    # Of the amounts of an invoice, all say the same of their currency.
    shared: dict[tuple[str, ...], dict[str, str]] = {(): {}}
    shared_texts: dict[str, str] = {}

    def start(name: str, stated: list[str]) -> None:
        nonlocal current, elements
        elements += 1
        if elements > max_elements:
            raise XmlLimitExceeded(XmlLimit.ELEMENTS, max_elements)
        above.append(current)
        if len(above) > max_depth:
            raise XmlLimitExceeded(XmlLimit.DEPTH, max_depth)
        chunks.clear()
        children = current.children
        if children is _NO_CHILDREN:
            children = current.children = {}
        siblings = children.get(name)
        named = tuple(stated)
        attributes = shared.get(named)
        if attributes is None:
            attributes = dict(zip(named[::2], named[1::2], strict=True))
            if len(shared) < _MOST_SHARED:
                shared[named] = attributes
        current = XmlElement(name, attributes, parser.CurrentLineNumber, "", _NO_CHILDREN)
        if siblings is None:
            children[name] = (current,)
        elif isinstance(siblings, list):
            siblings.append(current)
        else:
            children[name] = [*siblings, current]

    def end(_: str) -> None:
        nonlocal current
        if chunks:
            if current.children is _NO_CHILDREN:
                text = chunks[0] if len(chunks) == 1 else "".join(chunks)
                if len(text) <= _LONGEST_SHARED:
                    if len(shared_texts) < _MOST_SHARED:
                        text = shared_texts.setdefault(text, text)
                    else:
                        text = shared_texts.get(text, text)
                current.text = text
            chunks.clear()
        current = above.pop()

    def refuse(*_: object) -> int:
        raise ForbiddenXmlConstruct(
            "a document type or an entity, which is not accepted,",
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
        )

    parser.ordered_attributes = True  # names and values in turn
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = chunks.append
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return top
