"""Invoices, operations and summaries for tests of what stores them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

from en16931.finding import Finding, Outcome, Severity
from en16931.model import Buyer, DocumentTotals, InvoiceContent, InvoiceLine, Item, Seller
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    DateDerivation,
    Derivation,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
    PageRegion,
    WordSpan,
    XmlNode,
)
from invoice_reading.completeness import Completeness, Gap, Verdict
from invoice_reading.page import Box, Layer
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.adapters.memory.invoice_repository import MemoryInvoiceRepository
from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.adapters.postgres.stored_reading import storable_reading
from invoice_summarizer.domain.batch import Batch, BatchSource, SourceKind
from invoice_summarizer.domain.invoice import Document, Invoice, InvoiceStatus, with_reading
from invoice_summarizer.domain.operation import Operation, OperationKind, OperationState
from invoice_summarizer.domain.summary import Claim, Origin, Provenance, Style, Summary
from invoice_summarizer.ports.transactions import Transaction
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer

TENANT = "acme"
LONG_AGO = datetime(2020, 1, 1, 12, 30, 0, 123456, tzinfo=UTC)


def received_invoice(number: int, tenant: str = TENANT) -> Invoice:
    """An invoice as it is right after its document came; each number has another document."""
    time = LONG_AGO + timedelta(minutes=number)
    return Invoice(
        id=f"invoice-{number}",
        tenant=tenant,
        document=Document(
            tenant=tenant,
            sha256=f"{number:064x}",
            size_bytes=1_000 + number,
            media_type="application/pdf",
            file_name=f"invoice {number}.pdf",
            create_time=time,
        ),
        status=InvoiceStatus.RECEIVED,
        create_time=time,
        update_time=time,
    )


def read_invoice(number: int, tenant: str = TENANT) -> Invoice:
    """An invoice that uses everything an invoice can have."""
    region = PageRegion(
        page=1,
        box=Box(1, 2, 3, 4),
        layer=Layer.OCR,
        words=(WordSpan(7, 0, 3),),
        text="1.234,50 €",
    )
    amount = FieldAnnotation(
        status=FieldStatus.CONFLICT,
        raw_text="1.234,50",
        confidence=0.875,
        evidence=(
            region,
            XmlNode(xpath="/a/b[1]", line=3),
            XmlNode(xpath="/a/b[2]", line=4, attachment_sha256="0" * 64),
            Derivation(expression="sum(lines[*].net_amount)", value=Decimal("1234.50")),
            DateDerivation(expression="issue_date + 14 days", value=date(2024, 3, 15)),
            HumanEdit(actor="a.person", time=LONG_AGO),
        ),
        candidates=(Candidate(value="1234.50", confidence=0.5, evidence=(region,)),),
        reasons=(AnnotationReason.SUMS_DO_NOT_CLOSE,),
    )
    finding = Finding(
        rule_id="BR-CO-15",
        rule_pack="test-1",
        severity=Severity.ERROR,
        outcome=Outcome.FAILED,
        field_paths=("totals.amount_with_vat",),
        message="the sum is the total",
        left=Decimal("1234.50"),
        right=Decimal("1234.5"),
        residual=Decimal("0.00"),
        tolerance=Decimal("0.01"),
    )
    return replace(
        received_invoice(number, tenant),
        status=InvoiceStatus.REVIEW_PENDING,
        version=3,
        reading=Reading(
            form=DocumentForm.PDF_TEXT,
            content=InvoiceContent(
                invoice_number=f"R-{number}",
                issue_date=date(2026, 2, 28),
                currency_code="EUR",
                seller=Seller(name="Müller & Söhne"),
                buyer=Buyer(name="ACME"),
                totals=DocumentTotals(
                    amount_without_vat=Decimal("1037.40"),
                    vat_amount=Decimal("197.10"),
                    amount_with_vat=Decimal("1234.50"),
                    amount_due=Decimal("1234.5"),
                ),
                lines=(InvoiceLine(net_amount=Decimal("1037.400"), item=Item(name="Öl")),),
            ),
            annotations={"totals.amount_with_vat": amount, "lines[0].item.name": amount},
            findings=(finding,),
            completeness=Completeness(
                verdict=Verdict.PARTIAL,
                rows_seen=3,
                rows_returned=2,
                pages=2,
                pages_read=1,
                sums_close=False,
                gaps=(Gap.PAGES_NOT_READ,),
            ),
            review_reasons=(
                ReviewReason(ReviewCode.COMPLETENESS_PARTIAL),
                ReviewReason(ReviewCode.RULE_FAILED, "BR-CO-15"),
            ),
            other_rules={Outcome.PASSED: ("HIDDEN-TEXT-01",)},
        ),
    )


def reading_of(content: InvoiceContent, form: DocumentForm = DocumentForm.XML) -> Reading:
    """A reading of that content about which there is nothing else to say."""
    count = len(content.lines)
    return Reading(
        form=form,
        content=content,
        annotations={},
        findings=(),
        completeness=Completeness(
            verdict=Verdict.COMPLETE,
            rows_seen=count,
            rows_returned=count,
            pages=0,
            pages_read=0,
            sums_close=True,
        ),
        review_reasons=(),
    )


async def add_invoice(transaction: Transaction, invoice: Invoice) -> Invoice:
    """Stores the invoice, with its document where that is not there; returns it."""
    await transaction.documents.add(invoice.document)
    if invoice.reading is None:
        await transaction.invoices.add(invoice)
    else:
        await transaction.invoices.add(replace(invoice, version=invoice.version - 1))
        await put_reading(transaction, invoice)
    return invoice


async def put_reading(transaction: Transaction, invoice: Invoice) -> None:
    """Stores the invoice in place of the version before it."""
    assert invoice.reading is not None
    in_memory = isinstance(transaction.invoices, MemoryInvoiceRepository)
    storable = ReadingInMemory if in_memory else partial(storable_reading, ProtobufViewRenderer())
    await transaction.invoices.put_reading(invoice.header, storable(invoice.reading))


async def found_invoice(transaction: Transaction, invoice_id: str) -> Invoice:
    """Returns the invoice that is stored, with its reading."""
    found = await transaction.invoices.get(invoice_id)
    return with_reading(found.header, found.reading.unpacked() if found.reading else None)


async def delete_invoice(transaction: Transaction, invoice_id: str | None) -> None:
    assert invoice_id is not None
    await transaction.invoices.delete(await transaction.invoices.header(invoice_id))


def pending_operation(invoice: Invoice, number: int = 0) -> Operation:
    """An operation on the invoice that is due; the larger the number, the newer."""
    time = LONG_AGO + timedelta(seconds=number)
    return Operation(
        id=f"{invoice.id}-operation-{number}",
        tenant=invoice.tenant,
        kind=OperationKind.INGEST,
        invoice_id=invoice.id,
        state=OperationState.PENDING,
        create_time=time,
        update_time=time,
        due_time=time,
        payload={"document_sha256": invoice.document.sha256, "media_type": "application/pdf"},
    )


def batch_of_operation(operation: Operation) -> Batch:
    """A batch whose work the operation is."""
    return Batch(
        id=operation.id,
        tenant=operation.tenant,
        source=BatchSource(SourceKind.FILTER, 'status="ready"'),
        language_code="de",
        style=Style.APPROVER,
        instruction="only site 4",
        creator="olga",
        create_time=operation.create_time,
        update_time=operation.update_time,
        total=operation.progress.total or None,
    )


def summary_of_invoice(invoice: Invoice, number: int = 0) -> Summary:
    """A summary of the invoice; the larger the number, the newer, and the later the state that it is of."""
    evidence = (XmlNode(xpath="/a/b", line=1), HumanEdit(actor="a.person", time=LONG_AGO))
    return Summary(
        id=f"summary-{number}",
        tenant=invoice.tenant,
        invoice_id=invoice.id,
        text="Über 1.234,50 €",
        language_code="de",
        style=Style.SHORT,
        origin=Origin.TEMPLATE_AFTER_REFUSAL,
        claims=(
            Claim(
                begin=5,
                end=15,
                field_paths=("totals.amount_with_vat", "currency_code"),
                finding_rule_ids=("BR-CO-15",),
                evidence=evidence,
            ),
            Claim(begin=0, end=4, field_paths=()),
        ),
        refusal_reasons=("UNBOUND_FIGURE",),
        provenance=Provenance(engine="template", build="1"),
        create_time=LONG_AGO + timedelta(seconds=number),
        invoice_etag=f"etag-{number}",
    )
