"""Hands out a file that an e-invoice carries as a supporting document (BT-125)."""

import re

from invoice_reading.attached_files import AttachedFile
from invoice_reading.errors import DocumentUnreadable
from invoice_summarizer.domain.errors import DocumentRejected, InvalidInput, NotFound
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.object_store import ObjectStore

_SHA256 = re.compile(r"[0-9a-f]{64}")


class AttachmentNotFound(NotFound):
    """The document of the invoice carries no such file."""

    reason = "ATTACHMENT_NOT_FOUND"

    def __init__(self) -> None:
        super().__init__("the document carries no file of this sha256")


class GetAttachment:
    """Returns the file of that SHA-256, taken out of the stored document of the invoice, which alone is asked.

    So what somebody corrected in the content opens nothing, and nothing is left of a file once its document is deleted.

    Raises NotFound, AttachmentNotFound, InvalidInput (reason INVALID_SHA256), DocumentRejected as
    `DocumentReader.attached_file` does, ObjectNotFound, ObjectCorrupt, Unavailable.
    """

    def __init__(
        self, reader: InvoiceReader, objects: ObjectStore, document_reader: DocumentReader
    ) -> None:
        self._reader = reader
        self._objects = objects
        self._document_reader = document_reader

    async def __call__(self, principal: Principal, invoice_id: str, sha256: str) -> AttachedFile:
        if not _SHA256.fullmatch(sha256):
            raise InvalidInput(
                "must be 64 hexadecimal digits in small letters",
                field="sha256",
                reason="INVALID_SHA256",
            )
        tenant = principal.tenant
        document = await self._reader.document(tenant, invoice_id)
        try:
            file = await self._document_reader.attached_file(
                lambda: self._objects.get(tenant, document.sha256), sha256, whose=tenant
            )
        except DocumentUnreadable as error:
            raise DocumentRejected.because(error) from error
        if file is None:
            raise AttachmentNotFound
        return file
