"""Turns the bytes of a document into exact data with evidence, checked and decided: every stage, in its order."""

from en16931.finding import Finding
from en16931.reader import read_xml
from en16931.reading import XmlReading, XmlReadingError
from invoice_reading.check.embedded_xml import embedded_invoice
from invoice_reading.check.hidden_text import check_hidden_text
from invoice_reading.check.judgement import check
from invoice_reading.check.page_agreement import check_page_agreement
from invoice_reading.decision import review_reasons
from invoice_reading.errors import DocumentUnreadable, PdfWithoutText
from invoice_reading.extract.extract import extract
from invoice_reading.extract.xml_extraction import xml_extraction
from invoice_reading.extraction import Extraction
from invoice_reading.limits import PdfLimits
from invoice_reading.media_type import MediaType, sniff
from invoice_reading.page import PdfPages, XmlBytes
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.stages import Checked, Extracted, Stages

_LIMITS = PdfLimits()


def read(
    data: bytes, declared_media_type: str, stages: Stages, limits: PdfLimits = _LIMITS
) -> Reading:
    """Returns what is read of one document; nothing is kept of it.

    Raises DocumentUnreadable with a stable reason where the bytes cannot be read as an invoice, whatever they are.
    """
    document = _pages(data, declared_media_type, stages, limits)
    document = _recognise(data, document, stages)
    extracted = _extract(document)
    extracted = _assist(extracted, stages)
    checked = _check(extracted)
    return _decide(checked)


def _pages(
    data: bytes, declared_media_type: str, stages: Stages, limits: PdfLimits
) -> XmlBytes | PdfPages:
    if sniff(data, declared_media_type) is MediaType.XML:
        return XmlBytes(data)
    return stages.pdf_engine(data, limits)


def _recognise(data: bytes, document: XmlBytes | PdfPages, stages: Stages) -> XmlBytes | PdfPages:
    if stages.recognise is None or isinstance(document, XmlBytes):
        return document
    return stages.recognise(data, document)


def _extract(document: XmlBytes | PdfPages) -> Extracted:
    if isinstance(document, XmlBytes):
        return _extracted(DocumentForm.XML, document, xml_extraction(_read_xml(document.data)))
    embedded, findings = embedded_invoice(document.attachments)
    if embedded is not None:
        extraction = xml_extraction(embedded.reading, embedded.attachment_sha256)
        return _extracted(DocumentForm.PDF_WITH_XML, document, extraction, findings)
    if not any(word for page in document.pages for word in page.words if not word.hidden):
        raise PdfWithoutText
    return _extracted(DocumentForm.PDF_TEXT, document, extract(document.pages), findings)


def _extracted(
    form: DocumentForm,
    document: XmlBytes | PdfPages,
    extraction: Extraction,
    findings: tuple[Finding, ...] = (),
) -> Extracted:
    return Extracted(form=form, document=document, extraction=extraction, findings=findings)


def _assist(extracted: Extracted, stages: Stages) -> Extracted:
    return extracted if stages.assist is None else stages.assist(extracted)


def _read_xml(data: bytes) -> XmlReading:
    try:
        return read_xml(data)
    except XmlReadingError as error:
        raise DocumentUnreadable(
            "the XML cannot be read as an e-invoice", reason=error.reason
        ) from error


def _check(extracted: Extracted) -> Checked:
    document, extraction = extracted.document, extracted.extraction
    pages, pages_total = (
        (document.pages, document.pages_total) if isinstance(document, PdfPages) else ((), 0)
    )
    of_document = [*extracted.findings, *check_hidden_text(pages)]
    if extracted.form is DocumentForm.PDF_WITH_XML:
        of_document.extend(check_page_agreement(extraction.content, pages))
    findings, completeness = check(
        extraction.content,
        extraction.annotations,
        of_document,
        rows_seen=extraction.rows_seen,
        pages=pages_total,
        pages_read=len(pages),
    )
    return Checked(extracted=extracted, findings=findings, completeness=completeness)


def _decide(checked: Checked) -> Reading:
    form, extraction = checked.extracted.form, checked.extracted.extraction
    return Reading(
        form=form,
        content=extraction.content,
        annotations=extraction.annotations,
        findings=checked.findings,
        completeness=checked.completeness,
        review_reasons=review_reasons(
            form,
            extraction.content,
            extraction.annotations,
            checked.findings,
            checked.completeness,
        ),
    )
