"""Turns the bytes of a document into exact data with evidence: read, extract, check, decide."""

import asyncio
from collections.abc import Sequence

from en16931.finding import Finding
from en16931.reader import read_xml
from en16931.reading import XmlReading, XmlReadingError
from invoice_reading.annotation import FieldAnnotation, FieldStatus, XmlNode
from invoice_reading.check.embedded_xml import embedded_invoice
from invoice_reading.check.hidden_text import check_hidden_text
from invoice_reading.check.judgement import judge
from invoice_reading.check.page_agreement import check_page_agreement
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.extract.extract import extract
from invoice_reading.media_type import MediaType, sniff
from invoice_reading.page import Page, PdfContent
from invoice_reading.reading import DocumentForm, Extraction, Reading
from invoice_summarizer.domain.errors import DocumentRejected
from invoice_summarizer.ports.pdf_reader import PdfLimits, PdfReader, PdfReadError


class ReadDocument:
    """Reads one document; nothing is stored.

    Raises DocumentRejected with a stable reason where the bytes cannot be read as an invoice, whatever they are.
    """

    def __init__(self, pdf_reader: PdfReader, pdf_limits: PdfLimits) -> None:
        self._pdf_reader = pdf_reader
        self._pdf_limits = pdf_limits

    async def __call__(self, data: bytes, declared_media_type: str = "") -> Reading:
        try:
            media_type = sniff(data, declared_media_type)
        except DocumentUnreadable as error:
            raise DocumentRejected.because(error) from error
        if media_type is MediaType.XML:
            return await asyncio.to_thread(_read_xml_document, data)
        try:
            pdf = await self._pdf_reader.read(data, self._pdf_limits)
        except PdfReadError as error:
            raise DocumentRejected("the PDF cannot be read", reason=error.reason) from error
        return await asyncio.to_thread(_read_pdf, pdf)


def _read_xml_document(data: bytes) -> Reading:
    try:
        reading = read_xml(data)
    except XmlReadingError as error:
        raise DocumentRejected(
            "the XML cannot be read as an e-invoice", reason=error.reason
        ) from error
    return _judge(DocumentForm.XML, _extraction(reading, None), (), pages=(), pages_total=0)


def _read_pdf(pdf: PdfContent) -> Reading:
    embedded, findings = embedded_invoice(pdf.attachments)
    if embedded is not None:
        return _judge(
            DocumentForm.PDF_WITH_XML,
            _extraction(embedded.reading, embedded.attachment_sha256),
            findings,
            pages=pdf.pages,
            pages_total=pdf.pages_total,
        )
    if not any(word for page in pdf.pages for word in page.words if not word.hidden):
        raise DocumentRejected(
            "the pages have no text layer, and pictures are not read", reason="PDF_WITHOUT_TEXT"
        )
    return _judge(
        DocumentForm.PDF_TEXT,
        extract(pdf.pages),
        findings,
        pages=pdf.pages,
        pages_total=pdf.pages_total,
    )


def _extraction(reading: XmlReading, attachment_sha256: str | None) -> Extraction:
    def node(xpath: str, line: int) -> tuple[XmlNode, ...]:
        return (XmlNode(xpath=xpath, line=line, attachment_sha256=attachment_sha256),)

    annotations = {
        path: FieldAnnotation(
            status=FieldStatus.PRESENT,
            raw_text=place.raw_text,
            confidence=1.0,
            evidence=node(place.xpath, place.line),
        )
        for path, place in reading.places.items()
    }
    for unreadable in reading.unreadable:
        annotations[unreadable.field_path] = FieldAnnotation(
            status=FieldStatus.ILLEGIBLE,
            raw_text=unreadable.place.raw_text,
            evidence=node(unreadable.place.xpath, unreadable.place.line),
            reasons=(unreadable.reason,),
        )
    return Extraction(
        content=reading.content, annotations=annotations, rows_seen=len(reading.content.lines)
    )


def _judge(
    form: DocumentForm,
    extraction: Extraction,
    of_files: Sequence[Finding],
    *,
    pages: Sequence[Page],
    pages_total: int,
) -> Reading:
    of_document = [*extraction.findings, *of_files, *check_hidden_text(pages)]
    if form is DocumentForm.PDF_WITH_XML:
        of_document.extend(check_page_agreement(extraction.content, pages))
    judgement = judge(
        form,
        extraction.content,
        extraction.annotations,
        of_document,
        rows_seen=extraction.rows_seen,
        pages=pages_total,
        pages_read=len(pages),
    )
    return Reading(
        form=form,
        content=extraction.content,
        annotations=extraction.annotations,
        findings=judgement.findings,
        completeness=judgement.completeness,
        review_reasons=judgement.review_reasons,
    )
