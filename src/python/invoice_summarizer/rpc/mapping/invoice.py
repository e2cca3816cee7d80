"""Invoices as messages."""

from en16931.field_path import leaves
from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.invoice import Document, Invoice, InvoiceHeader, InvoiceStatus
from invoice_summarizer.rpc.mapping.assurance import (
    add_annotations,
    completeness_to_proto,
    finding_to_proto,
    other_rules_to_proto,
)
from invoice_summarizer.rpc.mapping.bounded import omit_what_is_too_large, shortened
from invoice_summarizer.rpc.mapping.content import content_to_proto
from invoice_summarizer.rpc.mapping.names import INVOICE
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import invoice_pb2


def header_to_proto(header: InvoiceHeader) -> invoice_pb2.Invoice:
    """Returns the message without anything of the reading."""
    return invoice_pb2.Invoice(
        name=INVOICE.format(tenant=header.tenant, invoice=header.id),
        status=status_to_proto(header.status),
        document=_document_to_proto(header.document),
        part=header.part,
        failure_reason=header.failure_reason or "",
        decision_comment=header.decision_comment or "",
        create_time=time_to_proto(header.create_time),
        update_time=time_to_proto(header.update_time),
        etag=invoice_etag(header),
    )


def reading_to_invoice_proto(
    reading: Reading, *, full: bool, bounded: bool = True
) -> invoice_pb2.Invoice:
    """Returns the message of the reading alone; the basic view is without annotations, findings and lines.

    Where it is bounded, every client can take it as an answer.
    """
    shown = shortened(reading) if bounded else reading
    message = invoice_pb2.Invoice(
        form=form_to_proto(shown.form),
        content=content_to_proto(shown.content),
        completeness=completeness_to_proto(shown.completeness),
        review_reasons=map(str, shown.review_reasons),
        line_count=len(reading.content.lines),
    )
    if full:
        paths = (path for path, _ in leaves(shown.content))
        add_annotations(message.annotations, shown.annotations, paths)
        message.findings.extend(map(finding_to_proto, shown.findings))
        message.other_rules.extend(other_rules_to_proto(shown.other_rules))
    else:
        message.content.ClearField("lines")
    if bounded:
        omit_what_is_too_large(message)
    return message


def invoice_to_proto(invoice: Invoice) -> invoice_pb2.Invoice:
    """Returns the message in the full view."""
    message = header_to_proto(invoice)
    if invoice.reading is not None:
        message.MergeFrom(reading_to_invoice_proto(invoice.reading, full=True))
    return message


def form_to_proto(form: DocumentForm | None) -> invoice_pb2.Document.Form.ValueType:
    if form in (None, DocumentForm.OTHER):
        return invoice_pb2.Document.Form.FORM_UNSPECIFIED
    return invoice_pb2.Document.Form.Value(form)


def status_to_proto(status: InvoiceStatus) -> invoice_pb2.Invoice.Status.ValueType:
    if status is InvoiceStatus.OTHER:
        return invoice_pb2.Invoice.Status.STATUS_UNSPECIFIED
    return invoice_pb2.Invoice.Status.Value(status.name)


def _document_to_proto(document: Document) -> invoice_pb2.Document:
    return invoice_pb2.Document(
        sha256=document.sha256,
        size_bytes=document.size_bytes,
        media_type=document.media_type,
        file_name=document.file_name or "",
    )
