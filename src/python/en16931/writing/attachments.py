"""The documents that are embedded in an e-invoice, which its content names by their digests only."""

import hashlib
from collections.abc import Iterator

from en16931.binding.values import NotAValue, embedded_bytes
from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.writing.formats import Attachments

# UBL, CII, FatturaPA; an Attachment of UBL has no text of its own.
_EMBEDDING = frozenset({"EmbeddedDocumentBinaryObject", "AttachmentBinaryObject", "Attachment"})


def attachments_of(root: XmlElement) -> Attachments:
    """Returns the embedded documents below the element that can be decoded, by SHA-256 as the content has it."""
    documents = _documents(root)
    return {hashlib.sha256(document).hexdigest(): document for document in documents}


def _documents(element: XmlElement) -> Iterator[bytes]:
    for name, found in element.children.items():
        embeds = name.rpartition(NAME_SEPARATOR)[2] in _EMBEDDING
        for child in found:
            if embeds and child.text:
                try:
                    yield embedded_bytes(child.text)
                except NotAValue:
                    continue
            yield from _documents(child)
