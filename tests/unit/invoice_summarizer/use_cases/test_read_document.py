"""From bytes to a reading: XML exactly, a hybrid PDF by its XML, a digital PDF by its words."""

import hashlib
from dataclasses import replace

import pytest

from en16931.finding import Outcome
from invoice_reading.annotation import FieldStatus, XmlNode
from invoice_reading.page import Attachment, Box, Layer, Page, PdfContent, Word
from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.adapters.memory.pdf_reader import MemoryPdfReader
from invoice_summarizer.domain.errors import DocumentRejected
from invoice_summarizer.ports.pdf_reader import (
    ExceededLimit,
    PdfDamaged,
    PdfEncrypted,
    PdfLimitExceeded,
    PdfLimits,
    PdfReaderCrashed,
    PdfReadError,
    PdfTooManyPages,
    PdfWithoutPages,
)
from invoice_summarizer.use_cases.read_document import ReadDocument
from small_invoice import ubl_invoice

PDF = b"%PDF-1.7 stands for what the reader knows"


def page(*texts: str, hidden: bool = False) -> Page:
    words = tuple(
        Word(index, text, Box(10_000 * index, 0, 10_000 * index + 9_000, 10_000), hidden)
        for index, text in enumerate(texts)
    )
    return Page(number=1, width_points=595, height_points=842, layer=Layer.TEXT, words=words)


def attached(*files: bytes) -> tuple[Attachment, ...]:
    return tuple(Attachment(f"file-{n}", None, data) for n, data in enumerate(files))


async def read(known: PdfContent | PdfReadError) -> Reading:
    reader = MemoryPdfReader({hashlib.sha256(PDF).hexdigest(): known})
    return await ReadDocument(reader, PdfLimits())(PDF)


async def test_every_value_of_xml_has_its_node() -> None:
    reading = await ReadDocument(MemoryPdfReader({}), PdfLimits())(ubl_invoice())
    assert (reading.form, reading.review_reasons) == (DocumentForm.XML, ())
    assert reading.annotations["totals.amount_with_vat"].raw_text == "119.00"
    for annotation in reading.annotations.values():
        [node] = annotation.evidence
        assert isinstance(node, XmlNode) and node.attachment_sha256 is None


async def test_value_of_xml_that_cannot_be_read_is_illegible_and_looked_at() -> None:
    data = ubl_invoice().replace(b">2026-11-02<", b">soon<")
    reading = await ReadDocument(MemoryPdfReader({}), PdfLimits())(data)
    assert reading.content.issue_date is None
    assert reading.annotations["issue_date"].status is FieldStatus.ILLEGIBLE
    assert {"FIELD_ILLEGIBLE:issue_date", "FIELD_MISSING:issue_date"} <= {*reading.review_reasons}


async def test_hybrid_pdf_is_read_by_the_xml_in_it_and_compared_with_its_page() -> None:
    xml = ubl_invoice("R-7")
    reading = await read(PdfContent((page("R-7", "119,00"),), 1, attached(b"\x00", b"<a/>", xml)))
    assert (reading.form, reading.review_reasons) == (DocumentForm.PDF_WITH_XML, ())
    [node] = reading.annotations["invoice_number"].evidence
    assert isinstance(node, XmlNode)
    assert node.attachment_sha256 == hashlib.sha256(xml).hexdigest()
    agreed = [f.outcome for f in reading.findings if f.rule_id == "PAGE-XML-01"]
    assert agreed == [Outcome.PASSED] * 3


async def test_hybrid_pdf_whose_page_says_otherwise_is_looked_at() -> None:
    reading = await read(PdfContent((page("R-8", "119,00"),), 1, attached(ubl_invoice("R-7"))))
    assert "RULE_FAILED:PAGE-XML-01" in reading.review_reasons


async def test_digital_pdf_is_read_by_its_words_whatever_is_attached() -> None:
    words = page("Invoice", "number", "R-7")
    for files in ((), (b"<a/>",), (b"<Invoice", b"%PDF-")):
        reading = await read(PdfContent((words,), 1, attached(*files)))
        assert reading.form is DocumentForm.PDF_TEXT
        assert reading.review_reasons


@pytest.mark.parametrize("pages", [(), (page(),), (page("Invoice", hidden=True),)])
async def test_pages_without_visible_words_are_refused(pages: tuple[Page, ...]) -> None:
    with pytest.raises(DocumentRejected) as caught:
        await read(PdfContent(pages, len(pages), ()))
    assert caught.value.reason == "PDF_WITHOUT_TEXT"


async def test_hidden_words_and_pages_that_were_not_read_are_looked_at() -> None:
    words = page("R-7", "119,00", "bribe")
    hidden = replace(words, words=(*words.words[:2], replace(words.words[2], hidden=True)))
    reading = await read(PdfContent((hidden,), 2, attached(ubl_invoice("R-7"))))
    assert {"RULE_FAILED:HIDDEN-TEXT-01", "COMPLETENESS_PARTIAL"} <= {*reading.review_reasons}
    assert (reading.completeness.pages, reading.completeness.pages_read) == (2, 1)


@pytest.mark.parametrize(
    "error",
    [
        PdfDamaged(),
        PdfEncrypted(),
        PdfWithoutPages(),
        PdfTooManyPages(),
        PdfLimitExceeded(ExceededLimit.CPU),
        PdfReaderCrashed(),
    ],
)
async def test_pdf_that_cannot_be_read_is_refused_with_the_readers_reason(
    error: PdfReadError,
) -> None:
    with pytest.raises(DocumentRejected) as caught:
        await read(error)
    assert caught.value.reason == error.reason


def named(**files: bytes) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(f"{name.replace('_', '-')}.xml", "text/xml", data)
        for name, data in files.items()
    )


def outcomes(reading: Reading) -> dict[str, Outcome]:
    return {
        found.rule_id: found.outcome
        for found in reading.findings
        if found.rule_id.startswith("EMBEDDED")
    }


WORDS = page("R-7", "119,00")


@pytest.mark.parametrize(
    "files",
    [
        *(
            named(**{name: data})
            for name in ("factur_x", "zugferd_invoice", "ZUGFeRD_invoice", "xrechnung")
            for data in (b"<Invoice", b"<a/>", b"", b"<!DOCTYPE a><a/>")
        ),
        named(other=ubl_invoice()[:-5]),
        named(other=ubl_invoice().decode()[:-5].encode("utf-16")),
    ],
)
async def test_broken_e_invoice_in_a_pdf_is_looked_at(files: tuple[Attachment, ...]) -> None:
    alone = await read(PdfContent((WORDS,), 1, files))
    assert alone.form is DocumentForm.PDF_TEXT
    beside = await read(PdfContent((WORDS,), 1, (*files, *attached(ubl_invoice("R-7")))))
    assert beside.form is DocumentForm.PDF_WITH_XML
    for reading in (alone, beside):
        assert outcomes(reading) == {"EMBEDDED-XML-01": Outcome.FAILED}
        assert "RULE_FAILED:EMBEDDED-XML-01" in reading.review_reasons


async def test_other_files_in_a_pdf_are_no_e_invoices() -> None:
    files = named(
        order_x=b"<a/>", notes=b"<broken", page=b"<!DOCTYPE html><html>", photo=b"\x89PNG"
    )
    assert outcomes(await read(PdfContent((WORDS,), 1, files))) == {}
    reading = await read(PdfContent((WORDS,), 1, (*files, *attached(ubl_invoice("R-7")))))
    assert outcomes(reading) == {"EMBEDDED-XML-01": Outcome.PASSED}
    assert reading.review_reasons == ()


async def test_e_invoice_of_a_standard_name_comes_first_and_one_that_differs_is_looked_at() -> None:
    files = (*attached(ubl_invoice("R-8")), *named(factur_x=ubl_invoice("R-7")))
    reading = await read(PdfContent((WORDS,), 1, files))
    assert reading.content.invoice_number == "R-7"
    assert outcomes(reading)["EMBEDDED-XML-02"] is Outcome.FAILED
    assert reading.review_reasons == ("RULE_FAILED:EMBEDDED-XML-02",)


async def test_e_invoice_that_is_there_twice_is_no_doubt() -> None:
    files = (*attached(ubl_invoice("R-7")), *named(factur_x=ubl_invoice("R-7")))
    reading = await read(PdfContent((WORDS,), 1, files))
    assert set(outcomes(reading).values()) == {Outcome.PASSED}
    assert reading.review_reasons == ()


async def test_e_invoice_whose_total_proves_nothing_or_that_has_no_type_is_looked_at() -> None:
    read_xml = ReadDocument(MemoryPdfReader({}), PdfLimits())
    data = ubl_invoice()
    untyped = data.replace(b"<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", b"")
    assert (await read_xml(untyped)).review_reasons == ("FIELD_MISSING:type_code",)
    start, end = data.index(b"<cac:TaxTotal>"), data.index(b"<cac:LegalMonetaryTotal>")
    undecided = data[:start] + data[end:]
    assert (await read_xml(undecided)).review_reasons == ("SUMS_NOT_DECIDABLE",)
    without_vat = undecided.replace(b"119.00", b"100.00")
    assert (await read_xml(without_vat)).review_reasons == ()
