"""Turns the bytes of a document into exact data with evidence, checked and decided: every stage, in its order."""

from collections.abc import Iterator
from dataclasses import replace

from en16931.judgement import read_every_judged
from en16931.xml_reading import XmlErrorAt, XmlLimitExceeded, XmlReading, XmlReadingError
from invoice_reading.agreement.both_sources import with_both_sources
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Comparison
from invoice_reading.annotation import AnnotationReason
from invoice_reading.check.as_written import as_written
from invoice_reading.check.assessment import check
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.embedded_invoices import EmbeddedInvoices, embedded_invoices
from invoice_reading.check.rules import DOCUMENT_PACK
from invoice_reading.collector import without_collections
from invoice_reading.decision import missing_fields, review_reasons
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.extract.extract import extract
from invoice_reading.extract.text_layer_fields import doubted_by_text_layer
from invoice_reading.extract.xml_extraction import xml_extraction
from invoice_reading.limits import PdfLimits
from invoice_reading.media_type import MediaType, sniff
from invoice_reading.page import NO_CONTAINER, PdfPages, XmlBytes
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.recognition.outcome import pages_outcome
from invoice_reading.recognition.wanted import pages_with_pictures, wanted_pages
from invoice_reading.separation.part import Part
from invoice_reading.separation.separate import separate
from invoice_reading.signed_xml import signed_xml
from invoice_reading.stages import Checked, Extracted, Stages

_LIMITS = PdfLimits()


def read(
    data: bytes, declared_media_type: str, stages: Stages, limits: PdfLimits = _LIMITS
) -> Reading:
    """Returns the first invoice of `read_every`, in almost every document the only one. Raises DocumentUnreadable."""
    return next(read_every(data, declared_media_type, stages, limits))


def read_every(
    data: bytes, declared_media_type: str, stages: Stages, limits: PdfLimits = _LIMITS
) -> Iterator[Reading]:
    """Yields what is read of each invoice in one document, in their order; there is one at least. Nothing is kept.

    Raises DocumentUnreadable with a stable reason where the bytes cannot be read as invoices, whatever they are.
    """
    document = _pages(data, declared_media_type, stages, limits)
    if isinstance(document, XmlBytes):
        yield from map(_judged, _extract_xml(document))
        return
    with without_collections():
        embedded = embedded_invoices(document.attachments)  # once: most of the work on a hybrid
    document = _recognise(data, document, embedded, stages)
    if embedded.chosen is not None:
        yield _judged(_assist(_extract_embedded(document, embedded), stages))
        return
    with without_collections():
        parts = separate(document)
    for part in parts:
        with without_collections():
            extracted = _extract(part, embedded, stages)
            extracted = _look_at_pictures(data, part, extracted, stages)
            if len(parts) == 1:
                extracted = _assist(extracted, stages)
        yield _judged(extracted)


def _judged(extracted: Extracted) -> Reading:
    with without_collections():
        return _decide(_check(extracted))


def _pages(
    data: bytes, declared_media_type: str, stages: Stages, limits: PdfLimits
) -> XmlBytes | PdfPages:
    found = sniff(data, declared_media_type)
    if found is MediaType.SIGNED_XML:
        return XmlBytes(signed_xml(data), signed=True)
    if found is MediaType.XML:
        return XmlBytes(data)
    return stages.pdf_engine(data, limits)


def _recognise(
    data: bytes, document: PdfPages, embedded: EmbeddedInvoices, stages: Stages
) -> PdfPages:
    if stages.recognise is None:
        return document
    wanted = wanted_pages(document)
    if not wanted:
        return document
    if embedded.chosen is not None:
        return document  # it is read by its XML, and text that is misread would contradict that
    return stages.recognise(data, document, wanted)


def _extract_xml(document: XmlBytes) -> Iterator[Extracted]:
    readings = _read_xml(document.data)
    while True:
        with without_collections():
            extracted = _next_extracted(document, readings)
        if extracted is None:
            return
        yield extracted


def _next_extracted(document: XmlBytes, readings: Iterator[XmlReading]) -> Extracted | None:
    """Returns what the next reading says; the reading, which says it once more, is not kept."""
    reading = next(readings, None)
    if reading is None:
        return None
    return Extracted(
        form=DocumentForm.XML,
        document=document,
        extraction=xml_extraction(reading),
        parts=reading.parts,
    )


def _extract_embedded(document: PdfPages, embedded: EmbeddedInvoices) -> Extracted:
    assert embedded.chosen is not None
    with without_collections():
        extraction = xml_extraction(embedded.chosen.reading, embedded.chosen.attachment_sha256)
    return Extracted(
        form=DocumentForm.PDF_WITH_XML,
        document=document,
        extraction=extraction,
        embedded=embedded,
        pages_read=len(document.pages),
        first_page=1,
    )


def _extract(part: Part, embedded: EmbeddedInvoices, stages: Stages) -> Extracted:
    outcome = pages_outcome(part.document, recognised=stages.recognise is not None)
    pages = part.pages
    extraction = part.extraction or extract(pages, part.first_page, part.rows)
    return Extracted(
        form=outcome.form,
        document=part.document,
        extraction=doubted_by_text_layer(extraction, pages, part.first_page),
        embedded=embedded,
        pages_read=outcome.pages_read,
        reasons=outcome.reasons,
        parts=part.parts,
        first_page=part.first_page,
        set_aside=part.set_aside,
        beside_others=part.beside_others,
    )


def _look_at_pictures(data: bytes, part: Part, extracted: Extracted, stages: Stages) -> Extracted:
    """Pictures beside the text of a page, such as a letterhead, are read where the text lacks what nobody can pay without."""
    if stages.recognise is None or not missing_fields(extracted.extraction.content):
        return extracted
    wanted = pages_with_pictures(part.pages)
    if not wanted:
        return extracted
    recognised = stages.recognise(data, part.document, wanted)
    return _extract(
        replace(part, document=recognised, rows=None, extraction=None), extracted.embedded, stages
    )


def _assist(extracted: Extracted, stages: Stages) -> Extracted:
    return extracted if stages.assist is None else stages.assist(extracted)


def _read_xml(data: bytes) -> Iterator[XmlReading]:
    try:
        yield from read_every_judged(data)
    except XmlLimitExceeded as error:
        raise DocumentUnreadable(
            "the e-invoice has more than is allowed",
            reason=error.reason,
            metadata={"limit": error.limit},
        ) from error
    except XmlErrorAt as error:
        raise DocumentUnreadable(
            str(error),
            reason=error.reason,
            metadata={
                "cause": error.cause,
                "line": str(error.line),
                "column": str(error.column),
            },
        ) from error
    except XmlReadingError as error:
        raise DocumentUnreadable(
            "the XML cannot be read as an e-invoice", reason=error.reason
        ) from error


def _check(extracted: Extracted) -> Checked:
    document, extraction = extracted.document, extracted.extraction
    pages, pages_total = (
        (document.pages, document.pages_total) if isinstance(document, PdfPages) else ((), 0)
    )
    container = document.container if isinstance(document, PdfPages) else NO_CONTAINER
    comparisons: tuple[Comparison, ...] = ()
    if extracted.form is DocumentForm.PDF_WITH_XML:
        comparisons = compare(extraction.content, pages, all_pages_read=len(pages) == pages_total)
        extraction = replace(
            extraction,
            annotations=with_both_sources(extraction.content, extraction.annotations, comparisons),
        )
        extracted = replace(extracted, extraction=extraction)
    looked_at = CheckedDocument(
        content=extraction.content,
        pages=pages,
        embedded=extracted.embedded,
        container=container,
        comparisons=comparisons,
        remarks=extraction.remarks,
        signed=isinstance(document, XmlBytes) and document.signed,
        annotations=extraction.annotations,
        beside_others=extracted.beside_others,
        carried=extraction.carried,
        all_pages_read=extracted.pages_read >= pages_total,
        impossible_dates=[
            path
            for path, annotation in extraction.annotations.items()
            if AnnotationReason.NOT_A_DATE in annotation.reasons
        ],
    )
    outcomes, completeness = check(
        extracted.form,
        extraction.content,
        extraction.annotations,
        (*DOCUMENT_PACK.check(looked_at), *as_written(extraction.broken)),
        rows_seen=extraction.rows_seen,
        pages=pages_total,
        pages_read=extracted.pages_read,
    )
    completeness = replace(
        completeness,
        parts=extracted.parts,
        first_page=extracted.first_page,
        set_aside=extracted.set_aside,
    )
    return Checked(extracted=extracted, outcomes=outcomes, completeness=completeness)


def _decide(checked: Checked) -> Reading:
    form, extraction = checked.extracted.form, checked.extracted.extraction
    return Reading(
        form=form,
        content=extraction.content,
        annotations=extraction.annotations,
        findings=checked.outcomes.findings,
        other_rules=checked.outcomes.others,
        completeness=checked.completeness,
        review_reasons=(
            *checked.extracted.reasons,
            *review_reasons(
                form,
                extraction.content,
                extraction.annotations,
                checked.outcomes.findings,
                checked.completeness,
            ),
        ),
    )
