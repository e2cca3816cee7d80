"""Keeps the bytes of a document that a tenant has sent, or that were fetched for it."""

from collections.abc import AsyncIterator
from datetime import datetime

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.media_type import sniff
from invoice_summarizer.domain.errors import DocumentRejected
from invoice_summarizer.domain.invoice import Document
from invoice_summarizer.ports.object_store import ObjectStore, ObjectTooLarge

_HEAD_BYTES = 1024
MEBIBYTE = 1024 * 1024
DOCUMENT_LIMIT_BYTES = 64 * MEBIBYTE


async def stored_document(
    objects: ObjectStore,
    tenant: str,
    chunks: AsyncIterator[bytes],
    *,
    media_type: str = "",
    file_name: str = "",
    now: datetime,
) -> Document:
    """Returns the document, whose bytes are in the object store; `media_type` is what the sender says.

    Raises DocumentRejected (reason DOCUMENT_EMPTY, DOCUMENT_TYPE_UNSUPPORTED, MEDIA_TYPE_MISMATCH,
    DOCUMENT_TOO_LARGE), and then nothing was stored.
    """
    head, rest = await _split_head(chunks)
    try:
        found = sniff(head, media_type)
    except DocumentUnreadable as error:
        raise DocumentRejected.because(error) from error
    try:
        stored = await objects.put(tenant, rest, limit_bytes=DOCUMENT_LIMIT_BYTES)
    except ObjectTooLarge as error:
        raise DocumentRejected(
            "the document is larger than 64 MiB",
            reason="DOCUMENT_TOO_LARGE",
            metadata={"limit_bytes": str(DOCUMENT_LIMIT_BYTES)},
        ) from error
    return Document(
        tenant=tenant,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        media_type=found,
        file_name=file_name or None,
        create_time=now,
    )


async def _split_head(chunks: AsyncIterator[bytes]) -> tuple[bytes, AsyncIterator[bytes]]:
    """Returns the first kilobyte, as far as there is one, and all chunks, that one included."""
    head = b""
    async for chunk in chunks:
        head += chunk
        if len(head) >= _HEAD_BYTES:
            break

    async def whole() -> AsyncIterator[bytes]:
        yield head
        async for chunk in chunks:
            yield chunk

    return head, whole()
