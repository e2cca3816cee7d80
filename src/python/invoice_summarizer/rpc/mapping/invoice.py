"""Invoices as messages."""

from decimal import Decimal

from en16931.model import InvoiceContent
from invoice_reading.reading import DocumentForm
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.invoice import Document, Invoice
from invoice_summarizer.ports.invoice_query import Aggregate
from invoice_summarizer.rpc.mapping.assurance import (
    add_annotations,
    completeness_to_proto,
    finding_to_proto,
)
from invoice_summarizer.rpc.mapping.content import content_to_proto
from invoice_summarizer.rpc.mapping.names import INVOICE
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import invoice_pb2, query_service_pb2


def invoice_to_proto(invoice: Invoice, *, full: bool = True) -> invoice_pb2.Invoice:
    """Returns the message; the basic view is without annotations, findings and lines."""
    message = invoice_pb2.Invoice(
        name=INVOICE.format(tenant=invoice.tenant, invoice=invoice.id),
        status=invoice_pb2.Invoice.Status.Value(invoice.status.name),
        document=_document_to_proto(invoice.document),
        form=form_to_proto(invoice.form),
        review_reasons=invoice.review_reasons,
        failure_reason=invoice.failure_reason or "",
        decision_comment=invoice.decision_comment or "",
        create_time=time_to_proto(invoice.create_time),
        update_time=time_to_proto(invoice.update_time),
        etag=invoice_etag(invoice),
    )
    if invoice.content != InvoiceContent():
        message.content.CopyFrom(content_to_proto(invoice.content))
    if invoice.completeness is not None:
        message.completeness.CopyFrom(completeness_to_proto(invoice.completeness))
    if full:
        add_annotations(message.annotations, invoice.annotations, invoice.content)
        message.findings.extend(map(finding_to_proto, invoice.findings))
    elif message.HasField("content"):
        message.content.ClearField("lines")
    return message


def form_to_proto(form: DocumentForm | None) -> invoice_pb2.Document.Form.ValueType:
    if form is None:
        return invoice_pb2.Document.Form.FORM_UNSPECIFIED
    return invoice_pb2.Document.Form.Value(form)


def aggregate_to_proto(aggregate: Aggregate) -> query_service_pb2.InvoiceAggregate:
    message = query_service_pb2.InvoiceAggregate(
        currency_code=aggregate.currency,
        supplier=aggregate.supplier,
        month=aggregate.month,
        count=aggregate.count,
        amount_without_vat=_sum(aggregate.amount_without_vat),
        vat_amount=_sum(aggregate.vat_amount),
        amount_with_vat=_sum(aggregate.amount_with_vat),
        amount_due=_sum(aggregate.amount_due),
    )
    if aggregate.status is not None:
        message.status = invoice_pb2.Invoice.Status.Value(aggregate.status.upper())
    return message


def _sum(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _document_to_proto(document: Document) -> invoice_pb2.Document:
    return invoice_pb2.Document(
        sha256=document.sha256,
        size_bytes=document.size_bytes,
        media_type=document.media_type,
        file_name=document.file_name or "",
    )
