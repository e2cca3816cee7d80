"""An element tree as bytes of XML."""

from collections.abc import Iterator, Mapping

from en16931.hardened_xml import XmlElement
from en16931.writing.schema import Schema

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)
_INDENT = "  "


def document(
    root: XmlElement, root_name: str, namespaces: Mapping[str, str], schema: Schema
) -> bytes:
    """Returns the tree as a document in UTF-8, its elements in the order of the schema, one a line.

    White space within texts stays as it is. The namespaces are declared at the root, under their prefixes.
    """
    declarations = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items())
    lines = _lines(root, root_name, declarations, "", schema)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(lines)).encode()


def _lines(
    element: XmlElement, name: str, declarations: str, indent: str, schema: Schema
) -> Iterator[str]:
    attributes = "".join(
        f' {attribute}="{value.translate(_IN_ATTRIBUTE)}"'
        for attribute, value in element.attributes.items()
    )
    opening = f"{indent}<{name}{declarations}{attributes}"
    if element.children:
        yield f"{opening}>\n"
        for child in schema.children[element.name].values():
            for each in element.children.get(child.name, ()):
                yield from _lines(each, child.prefixed, "", indent + _INDENT, schema)
        yield f"{indent}</{name}>\n"
    elif element.text:
        yield f"{opening}>{element.text.translate(_IN_TEXT)}</{name}>\n"
    else:
        yield f"{opening}/>\n"
