"""From bytes to a reading: XML exactly, a hybrid PDF by its XML, a digital PDF by its words."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pytest
from picture_documents import pdf_of_lines

from en16931.field_path import replaced
from en16931.finding import Outcome
from en16931.judgement import read_judged
from en16931.xml_reading import XmlReading
from invoice_reading.annotation import (
    FieldAnnotation,
    FieldStatus,
    PageRegion,
    WordSpan,
    XmlNode,
)
from invoice_reading.check import embedded_invoices
from invoice_reading.errors import DocumentUnreadable, PdfDamaged
from invoice_reading.extract.page_region import region_of
from invoice_reading.extract.word_values import value_of_words
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Attachment, Box, Layer, Page, PdfPages, Word
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.stages import Extracted, PdfEngine, Stages
from small_invoice import ubl_invoice

PDF = b"%PDF-1.7 stands for what the reader knows"


def page(*texts: str, hidden: bool = False) -> Page:
    words = tuple(
        Word(index, text, Box(10_000 * index, 0, 10_000 * index + 9_000, 10_000), hidden)
        for index, text in enumerate(texts)
    )
    return Page(number=1, width_points=595, height_points=842, words=words)


def attached(*files: bytes) -> tuple[Attachment, ...]:
    return tuple(Attachment(f"file-{n}", None, data) for n, data in enumerate(files))


def engine(known: PdfPages) -> PdfEngine:
    """Returns an engine that finds these pages in every PDF."""
    return lambda data, limits: known


def read_pdf(known: PdfPages) -> Reading:
    return read(PDF, "", Stages(pdf_engine=engine(known)))


def read_xml(data: bytes) -> Reading:
    return read(data, "", Stages(pdf_engine=no_engine))


def no_engine(data: bytes, limits: PdfLimits) -> PdfPages:
    raise PdfDamaged


def told(reading: Reading) -> tuple[str, ...]:
    return tuple(map(str, reading.review_reasons))


def test_every_value_of_xml_has_its_node() -> None:
    reading = read_xml(ubl_invoice())
    assert (reading.form, reading.review_reasons) == (DocumentForm.XML, ())
    assert reading.annotations["totals.amount_with_vat"].raw_text == "119.00"
    for annotation in reading.annotations.values():
        [node] = annotation.evidence
        assert isinstance(node, XmlNode) and node.attachment_sha256 is None


def test_value_of_xml_that_cannot_be_read_is_illegible_and_looked_at() -> None:
    data = ubl_invoice().replace(b">2026-11-02<", b">soon<")
    reading = read_xml(data)
    assert reading.content.issue_date is None
    assert reading.annotations["issue_date"].status is FieldStatus.ILLEGIBLE
    assert {"FIELD_ILLEGIBLE:issue_date", "FIELD_MISSING:issue_date"} <= {*told(reading)}


def test_wrong_account_of_xml_is_looked_at_and_a_wrong_vat_identifier_is_told() -> None:
    payment = (
        b"<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>"
        b"<cac:PayeeFinancialAccount><cbc:ID>%b</cbc:ID></cac:PayeeFinancialAccount>"
        b"</cac:PaymentMeans>"
    )
    tax = (
        b"<cac:PartyTaxScheme><cbc:CompanyID>%b</cbc:CompanyID>"
        b"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    )

    def with_values(account: bytes, identifier: bytes) -> Reading:
        data = ubl_invoice().replace(b"<cac:TaxTotal>", payment % account + b"<cac:TaxTotal>", 1)
        return read_xml(
            data.replace(b"<cac:PartyLegalEntity>", tax % identifier + b"<cac:PartyLegalEntity>", 1)
        )

    right, wrong = b"DE63999000020007654321", b"DE36999000020007654321"
    assert told(with_values(right, b"DE136695976")) == ()
    assert told(with_values(b"123-4567", b"DE136695976")) == ()
    assert told(with_values(wrong, b"DE136695976")) == ("RULE_FAILED:IBAN-01",)
    reading = with_values(right, b"DE136695978")
    assert told(reading) == ()
    [failed] = [found for found in reading.findings if found.outcome is Outcome.FAILED]
    assert (failed.rule_id, failed.field_paths) == ("VAT-ID-01", ("seller.vat_identifier",))


def test_due_date_before_the_issue_date_is_looked_at() -> None:
    due = b"</cbc:IssueDate><cbc:DueDate>2026-11-01</cbc:DueDate>"
    reading = read_xml(ubl_invoice().replace(b"</cbc:IssueDate>", due))
    assert told(reading) == ("RULE_FAILED:DUE-DATE-01",)


def test_hybrid_pdf_is_read_by_the_xml_in_it_and_compared_with_its_page() -> None:
    xml = ubl_invoice("R-7")
    reading = read_pdf(PdfPages((page("R-7", "119,00"),), 1, attached(b"\x00", b"<a/>", xml)))
    assert (reading.form, reading.review_reasons) == (DocumentForm.PDF_WITH_XML, ())
    [node] = reading.annotations["invoice_number"].evidence
    assert isinstance(node, XmlNode)
    assert node.attachment_sha256 == hashlib.sha256(xml).hexdigest()
    totals = {f.field_paths: f.outcome for f in reading.findings if f.rule_id == "PAGE-XML-01"}
    for path in ("invoice_number", "totals.amount_with_vat", "totals.amount_due"):
        assert totals[(path,)] is Outcome.PASSED
    assert totals[("totals.amount_without_vat",)] is Outcome.NOT_APPLICABLE


def test_hybrid_pdf_whose_page_says_otherwise_is_looked_at() -> None:
    reading = read_pdf(PdfPages((page("R-8", "119,00"),), 1, attached(ubl_invoice("R-7"))))
    assert "RULE_FAILED:PAGE-XML-01" in told(reading)


def test_digital_pdf_is_read_by_its_words_whatever_is_attached() -> None:
    words = page("Invoice", "number", "R-7")
    for files in ((), (b"<a/>",), (b"<Invoice", b"%PDF-")):
        reading = read_pdf(PdfPages((words,), 1, attached(*files)))
        assert reading.form is DocumentForm.PDF_TEXT
        assert reading.review_reasons


@pytest.mark.parametrize("pages", [(), (page(),), (page("Invoice", hidden=True),)])
def test_pages_without_visible_words_wait_for_a_person(pages: tuple[Page, ...]) -> None:
    reading = read_pdf(PdfPages(pages, len(pages), ()))
    assert reading.form is DocumentForm.SCAN
    assert "OCR_UNAVAILABLE" in told(reading)
    assert reading.completeness.pages_read == 0


def test_hidden_words_and_pages_that_were_not_read_are_looked_at() -> None:
    words = page("R-7", "119,00", "bribe")
    hidden = replace(words, words=(*words.words[:2], replace(words.words[2], hidden=True)))
    reading = read_pdf(PdfPages((hidden,), 2, attached(ubl_invoice("R-7"))))
    assert {"RULE_FAILED:HIDDEN-TEXT-01", "COMPLETENESS_PARTIAL"} <= {*told(reading)}
    assert (reading.completeness.pages, reading.completeness.pages_read) == (2, 1)


@pytest.mark.parametrize(
    ("data", "declared", "reason"),
    [
        (b"", "", "DOCUMENT_EMPTY"),
        (b"words", "", "DOCUMENT_TYPE_UNSUPPORTED"),
        (b"<a/>", "application/pdf", "MEDIA_TYPE_MISMATCH"),
        (b"<a>", "", "XML_NOT_WELL_FORMED"),
        (b"<a/>", "", "XML_SYNTAX_UNKNOWN"),
        (b"<!DOCTYPE a><a/>", "", "XML_FORBIDDEN_CONSTRUCT"),
        (b"<" * (21 << 20), "", "XML_LIMIT_EXCEEDED"),
        (b"%PDF-1.7", "", "PDF_DAMAGED"),
    ],
)
def test_document_that_cannot_be_read_is_refused_with_its_reason(
    data: bytes, declared: str, reason: str
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        read(data, declared, Stages(pdf_engine=no_engine))
    assert caught.value.reason == reason


def test_recognised_words_are_read_as_others_are_and_known_as_recognised() -> None:
    """Without a recogniser, nothing is read of this page."""
    scan = page()
    words = page("Rechnung", "Gesamtbetrag", "119,00", "EUR").words

    def recognise(data: bytes, pages: PdfPages, wanted: Sequence[int]) -> PdfPages:
        assert (data, tuple(wanted)) == (PDF, (1,))
        recognised = tuple(replace(word, layer=Layer.OCR, confidence=0.9) for word in words)
        return replace(pages, pages=tuple(replace(p, words=recognised) for p in pages.pages))

    stages = Stages(pdf_engine=engine(PdfPages((scan,), 1)), recognise=recognise)
    reading = read(PDF, "", stages)
    layers = {
        region.layer
        for annotation in reading.annotations.values()
        for region in annotation.evidence
        if isinstance(region, PageRegion)
    }
    assert reading.form is DocumentForm.SCAN
    assert layers == {Layer.OCR}


def test_picture_beside_text_is_read_where_the_text_lacks_what_is_asked_for() -> None:
    """Of an invoice whose text has it all, no picture is read."""
    text = replace(page("Rechnung", "RE-1"), image_share=0.04)
    asked: list[Sequence[int]] = []

    def recognise(data: bytes, pages: PdfPages, wanted: Sequence[int]) -> PdfPages:
        asked.append(wanted)
        return pages

    stages = Stages(pdf_engine=engine(PdfPages((text, page("mehr")), 2)), recognise=recognise)
    assert read(PDF, "", stages).form is DocumentForm.PDF_TEXT
    assert asked == [(1,)]
    whole = MuPdfEngine()(pdf_of_lines(), PdfLimits())
    with_logo = replace(whole, pages=tuple(replace(each, image_share=0.04) for each in whole.pages))
    read(PDF, "", Stages(pdf_engine=engine(with_logo), recognise=recognise))
    assert asked == [(1,)]


def test_assistant_has_the_words_and_the_context_before_anything_is_checked() -> None:
    """It points at a word that extraction does not take for the buyer reference, and the value is that word."""
    words = page("Rechnung", "vom", "05.03.2026", "Projekt", "Nordlicht")

    def assist(extracted: Extracted) -> Extracted:
        assert isinstance(extracted.document, PdfPages)
        [printed] = extracted.document.pages
        region = region_of(printed, [WordSpan(4, 0, len("Nordlicht"))])
        extraction = extracted.extraction
        value = value_of_words("buyer_reference", [region], extraction.context)
        assert extraction.content.buyer_reference is None
        return replace(
            extracted,
            extraction=replace(
                extraction,
                content=replaced(extraction.content, "buyer_reference", value),
                annotations={
                    **extraction.annotations,
                    "buyer_reference": FieldAnnotation(
                        status=FieldStatus.AMBIGUOUS, evidence=(region,)
                    ),
                },
            ),
        )

    reading = read(PDF, "", Stages(pdf_engine=engine(PdfPages((words,), 1)), assist=assist))
    assert reading.content.buyer_reference == "Nordlicht"
    assert "FIELD_AMBIGUOUS:buyer_reference" in told(reading)


def test_stages_that_are_for_words_leave_an_e_invoice_alone() -> None:
    def recognise(data: bytes, pages: PdfPages, wanted: Sequence[int]) -> PdfPages:
        raise AssertionError("an e-invoice has no pages")

    assert read(ubl_invoice(), "", Stages(pdf_engine=no_engine, recognise=recognise)) == read_xml(
        ubl_invoice()
    )


def test_e_invoice_in_a_pdf_with_pictures_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[bytes] = []

    def counted(data: bytes) -> XmlReading:
        judged.append(data)
        return read_judged(data)

    def recognise(data: bytes, pages: PdfPages, wanted: Sequence[int]) -> PdfPages:
        raise AssertionError("it is read by its XML")

    monkeypatch.setattr(embedded_invoices, "read_judged", counted)
    pdf = PdfPages((page(),), 1, attached(ubl_invoice()))
    read(PDF, "", Stages(pdf_engine=engine(pdf), recognise=recognise))
    assert judged == [ubl_invoice()]


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
def test_broken_e_invoice_in_a_pdf_is_looked_at(files: tuple[Attachment, ...]) -> None:
    alone = read_pdf(PdfPages((WORDS,), 1, files))
    assert alone.form is DocumentForm.PDF_TEXT
    beside = read_pdf(PdfPages((WORDS,), 1, (*files, *attached(ubl_invoice("R-7")))))
    assert beside.form is DocumentForm.PDF_WITH_XML
    for reading in (alone, beside):
        assert outcomes(reading) == {"EMBEDDED-XML-01": Outcome.FAILED}
        assert "RULE_FAILED:EMBEDDED-XML-01" in told(reading)


def test_other_files_in_a_pdf_are_no_e_invoices() -> None:
    files = named(
        order_x=b"<a/>", notes=b"<broken", page=b"<!DOCTYPE html><html>", photo=b"\x89PNG"
    )
    assert outcomes(read_pdf(PdfPages((WORDS,), 1, files))) == {}
    reading = read_pdf(PdfPages((WORDS,), 1, (*files, *attached(ubl_invoice("R-7")))))
    assert outcomes(reading) == {"EMBEDDED-XML-01": Outcome.PASSED}
    assert reading.review_reasons == ()


def test_e_invoice_of_a_standard_name_comes_first_and_one_that_differs_is_looked_at() -> None:
    files = (*attached(ubl_invoice("R-8")), *named(factur_x=ubl_invoice("R-7")))
    reading = read_pdf(PdfPages((WORDS,), 1, files))
    assert reading.content.invoice_number == "R-7"
    assert outcomes(reading)["EMBEDDED-XML-02"] is Outcome.FAILED
    assert told(reading) == ("RULE_FAILED:EMBEDDED-XML-02",)


def test_e_invoice_that_is_there_twice_is_no_doubt() -> None:
    files = (*attached(ubl_invoice("R-7")), *named(factur_x=ubl_invoice("R-7")))
    reading = read_pdf(PdfPages((WORDS,), 1, files))
    assert set(outcomes(reading).values()) == {Outcome.PASSED}
    assert reading.review_reasons == ()


def test_e_invoice_whose_total_proves_nothing_or_that_has_no_type_is_looked_at() -> None:
    data = ubl_invoice()
    untyped = data.replace(b"<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", b"")
    assert told(read_xml(untyped)) == ("FIELD_MISSING:type_code",)
    start, end = data.index(b"<cac:TaxTotal>"), data.index(b"<cac:LegalMonetaryTotal>")
    undecided = data[:start] + data[end:]
    assert told(read_xml(undecided)) == ("SUMS_NOT_DECIDABLE",)
    without_vat = undecided.replace(b"119.00", b"100.00")
    assert read_xml(without_vat).review_reasons == ()


def test_damaged_file_in_a_pdf_leaves_the_page_and_is_told() -> None:
    damaged = Attachment("factur-x.xml", "text/xml", b"", damaged=True)
    reading = read_pdf(PdfPages((WORDS,), 1, (damaged,)))
    assert reading.form is DocumentForm.PDF_TEXT
    assert "RULE_FAILED:EMBEDDED-XML-01" in told(reading)
    [failed] = [found for found in reading.findings if found.rule_id == "EMBEDDED-XML-01"]
    assert failed.message.endswith(": the file cannot be unpacked")


def test_hybrid_of_whose_pages_nothing_can_be_seen_is_looked_at() -> None:
    for pages in ((page(),), (page("R-7", "119,00", hidden=True),)):
        reading = read_pdf(PdfPages(pages, 1, attached(ubl_invoice("R-7"))))
        assert reading.form is DocumentForm.PDF_WITH_XML
        assert "RULE_FAILED:PAGE-XML-08" in told(reading)
        failed = [found for found in reading.findings if found.outcome is Outcome.FAILED]
        assert "PAGE-XML-01" not in {found.rule_id for found in failed}
