"""XML written as nested calls: what has nothing to say is left out."""

from xml.etree import ElementTree

Content = ElementTree.Element | str | None


def element(
    name: str, /, *content: Content, **attributes: str | None
) -> ElementTree.Element | None:
    """Returns an element of these parts; None where all of them are None, so that no empty element is written."""
    parts = [part for part in content if part is not None]
    if not parts:
        return None
    made = ElementTree.Element(name, {k: v for k, v in attributes.items() if v is not None})
    for part in parts:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def document(root: ElementTree.Element | None, namespaces: dict[str, str]) -> bytes:
    """Returns the document with the prefixes declared at its root, indented, in UTF-8."""
    if root is None:
        raise ValueError("nothing to write")
    for prefix, namespace in namespaces.items():
        root.set(f"xmlns:{prefix}" if prefix else "xmlns", namespace)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
