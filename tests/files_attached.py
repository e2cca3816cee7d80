"""Small e-invoices that carry files as supporting documents (BT-125), in each syntax."""

import hashlib
from base64 import b64encode

from small_cii_invoice import cii_invoice

from small_invoice import fatturapa_invoices, ubl_invoice


def digest(file: bytes) -> str:
    return hashlib.sha256(file).hexdigest()


def ubl_with_files(
    *files: bytes, name: str = "hours.csv", mime_type: str = "text/csv", number: str = "A-1"
) -> bytes:
    references = "".join(
        f"<cac:AdditionalDocumentReference><cbc:ID>{at}</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="{mime_type}" filename="{name}">'
        f"{b64encode(file).decode()}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
        "</cac:AdditionalDocumentReference>"
        for at, file in enumerate(files, start=1)
    )
    before = b"<cac:AccountingSupplierParty>"
    return ubl_invoice(number).replace(before, references.encode() + before)


def cii_with_file(file: bytes) -> bytes:
    reference = (
        "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>1</ram:IssuerAssignedID>"
        '<ram:TypeCode>916</ram:TypeCode><ram:AttachmentBinaryObject mimeCode="text/csv"'
        f' filename="hours.csv">{b64encode(file).decode()}</ram:AttachmentBinaryObject>'
        "</ram:AdditionalReferencedDocument>"
    )
    after = b"</ram:ApplicableHeaderTradeAgreement>"
    return cii_invoice().replace(after, reference.encode() + after)


def fatturapa_with_files(*files: bytes) -> bytes:
    """Returns a file of as many invoices, of which each carries one of the files."""
    first, *bodies = fatturapa_invoices(*(str(at) for at, _ in enumerate(files, start=1))).split(
        after := b"</DatiBeniServizi>"
    )
    return first + b"".join(
        after
        + b"<Allegati><NomeAttachment>hours.csv</NomeAttachment><FormatoAttachment>CSV"
        + b"</FormatoAttachment><Attachment>"
        + b64encode(file)
        + b"</Attachment></Allegati>"
        + body
        for file, body in zip(files, bodies, strict=True)
    )
