"""A pointing is right, wrong or hostile: nothing is said that is not on the page, and nothing is taken on its word alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from en16931.field_path import Leaf, leaves, replaced
from invoice_reading.annotation import AnnotationReason, FieldAnnotation, FieldStatus, PageRegion
from invoice_reading.assist.pointed_words import PointedWords
from invoice_reading.assist.question import MOST_WORDS, Pointing, Question, question_of
from invoice_reading.certainty import DECISIVE_CONFIDENCE
from invoice_reading.extract.extract import extract
from invoice_reading.extract.word_values import value_of_words
from invoice_reading.page import Layer, Page, PdfPages, QuarterTurn, XmlBytes
from invoice_reading.reading import DocumentForm
from invoice_reading.stages import Extracted
from invoice_reading.upright import turned_box
from page_builder import hidden, page, right, table, text

NET, VAT, TOTAL = "totals.amount_without_vat", "totals.vat_amount", "totals.amount_with_vat"

# A name that nothing tells from the others, two numbers, and amounts under captions that say nothing.
UNSURE = page(
    text(50, 40, "Atelier Nord"),
    text(50, 60, "Studio Süd"),
    text(50, 200, "Rechnung", size=18),
    text(50, 230, "Nummer 4711"),
    text(250, 230, "Nummer 4712"),
    text(50, 250, "Datum 03.02.2026"),
    *table(300, (50, 350, 500), [("Beratung", "1", "100,00")]),
    text(50, 400, "Grundlage"),
    right(500, 400, "100,00"),
    text(50, 420, "19 % MwSt."),
    right(500, 420, "19,00"),
    text(50, 440, "Alles zusammen"),
    right(500, 440, "119,00 EUR"),
    hidden(50, 700, "99999"),
)


def extracted(*pages: Page) -> Extracted:
    return Extracted(
        form=DocumentForm.PDF_TEXT,
        document=PdfPages(pages, len(pages)),
        extraction=extract(pages),
        pages_read=len(pages),
    )


def numbers(question: Question, *texts: str) -> tuple[int, ...]:
    """Returns the numbers of the words, each the first of its text."""
    words = [word.text for word in question.words]
    return tuple(words.index(each) for each in texts)


def asked() -> Question:
    question = question_of(extracted(UNSURE))
    assert question is not None
    return question


def assisted(pointing: Pointing) -> Extracted:
    return PointedWords(pointing)(extracted(UNSURE))


def values(of: Extracted) -> dict[str, Leaf]:
    return dict(leaves(of.extraction.content))


def test_what_is_unsure_is_asked_among_the_words_that_a_reader_sees() -> None:
    question = asked()
    assert "invoice_number" in question.fields and "issue_date" not in question.fields
    assert "99999" not in [word.text for word in question.words]
    begin = [word.text for word in question.words if word.begins_line]
    assert begin[:4] == ["Atelier", "Studio", "Rechnung", "Nummer"]


def test_a_value_that_extraction_had_among_its_candidates_is_taken() -> None:
    before = extracted(UNSURE).extraction.annotations["invoice_number"]
    assert before.status is FieldStatus.AMBIGUOUS
    after = assisted({"invoice_number": numbers(asked(), "4712")})
    annotation = after.extraction.annotations["invoice_number"]
    assert values(after)["invoice_number"] == "4712"
    assert annotation.status is FieldStatus.PRESENT
    assert annotation.reasons == (AnnotationReason.POINTED_AT_BY_MODEL,)
    assert {each.value for each in annotation.candidates} == {"4711", "4712"}
    assert annotation.confidence is not None and annotation.confidence < DECISIVE_CONFIDENCE


def test_a_value_that_nothing_else_speaks_for_is_a_candidate() -> None:
    before = values(extracted(UNSURE))
    after = assisted({"invoice_number": numbers(asked(), "Beratung")})
    annotation = after.extraction.annotations["invoice_number"]
    assert values(after) == before
    assert "Beratung" in {each.value for each in annotation.candidates}
    assert AnnotationReason.POINTED_AT_BY_MODEL in annotation.reasons


def test_what_is_taken_can_be_read_again_from_its_words() -> None:
    after = assisted({"invoice_number": numbers(asked(), "4711")})
    extraction = after.extraction
    for path, value in values(after).items():
        evidence = [
            region
            for region in extraction.annotations[path].evidence
            if isinstance(region, PageRegion)
        ]
        assert value_of_words(path, evidence, extraction.context) == value


@pytest.mark.parametrize(
    "pointing",
    [
        {"invoice_number": (-1,)},
        {"invoice_number": (10**9,)},
        {"invoice_number": ()},
        {"invoice_number": tuple(range(13))},
        {"no.such.field": (0,)},
        {"issue_date": (0,)},
        {"totals.amount_with_vat": (0, 1)},
    ],
)
def test_a_pointing_at_nothing_that_was_asked_changes_nothing(
    pointing: Pointing,
) -> None:
    assert assisted(pointing) == extracted(UNSURE)


def test_an_e_invoice_and_a_page_without_words_are_not_asked_about() -> None:
    document = extracted(UNSURE)
    xml = Extracted(
        form=DocumentForm.XML, document=XmlBytes(b"<x/>"), extraction=document.extraction
    )
    assert question_of(xml) is None
    assert question_of(extracted(page())) is None
    assert PointedWords({"invoice_number": (0,)})(xml) == xml


def test_of_a_long_document_the_head_and_the_end_are_shown() -> None:
    rows = [("Posten", str(number), "1,00") for number in range(1000)]
    pages = [
        page(text(50, 40, f"Blatt{at}"), *table(60, (50, 300, 500), rows[at::9], 6), number=at + 1)
        for at in range(9)
    ]
    question = question_of(extracted(*pages))
    assert question is not None and len(question.words) == MOST_WORDS
    assert question.words[0].text == "Blatt0" and question.words[-1].page == 9


AMOUNTS = page(
    text(50, 40, "Muster Werk GmbH"),
    text(50, 200, "Rechnung 4711", size=18),
    text(50, 250, "Datum 03.02.2026"),
    text(50, 400, "Gesamtbetrag"),
    right(500, 400, "119,00 EUR"),
    text(50, 500, "Eins 100,00"),
    text(50, 520, "Zwei 19,00"),
    text(50, 540, "Drei 81,00"),
    text(50, 560, "Vier 38,00"),
)


@pytest.mark.parametrize(
    ("net", "vat", "taken"),
    [
        ("100,00", "19,00", True),
        ("19,00", "100,00", False),
        ("81,00", "38,00", False),
        ("100,00", "38,00", False),
    ],
)
def test_amounts_are_taken_where_they_close_a_sum_at_a_plausible_rate(
    net: str, vat: str, taken: bool
) -> None:
    before = extracted(AMOUNTS)
    question = question_of(before)
    assert question is not None and values(before)[TOTAL] == Decimal("119.00")
    pointing = {NET: numbers(question, net), VAT: numbers(question, vat)}
    after = PointedWords(pointing)(before)
    found = {path: value for path, value in values(after).items() if path in (NET, VAT)}
    assert found == ({NET: Decimal("100.00"), VAT: Decimal("19.00")} if taken else {})
    for path in (NET, VAT):
        status = after.extraction.annotations[path].status
        assert status is (FieldStatus.PRESENT if taken else FieldStatus.AMBIGUOUS)


def test_unseen_text_that_says_the_same_as_the_model_changes_no_field() -> None:
    before = extracted(UNSURE)
    doubted = FieldAnnotation(
        status=FieldStatus.PRESENT,
        confidence=0.3,
        candidates=before.extraction.annotations["invoice_number"].candidates,
        reasons=(AnnotationReason.TEXT_LAYER_DISAGREES,),
    )
    read = replace(
        before.extraction,
        content=replaced(before.extraction.content, "invoice_number", "4711"),
        annotations={**before.extraction.annotations, "invoice_number": doubted},
    )
    question = question_of(replace(before, extraction=read))
    assert question is not None
    pointing = {"invoice_number": numbers(question, "4712")}
    after = PointedWords(pointing)(replace(before, extraction=read)).extraction
    annotation = after.annotations["invoice_number"]
    assert after.content.invoice_number == "4711"
    assert annotation.confidence == doubted.confidence
    assert annotation.reasons == (
        AnnotationReason.TEXT_LAYER_DISAGREES,
        AnnotationReason.POINTED_AT_BY_MODEL,
    )


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_evidence_on_a_page_that_was_turned_leads_to_where_it_is_shown(turn: QuarterTurn) -> None:
    plain = assisted({"invoice_number": numbers(asked(), "4711")}).extraction
    document = extracted(replace(UNSURE, turn=turn))
    question = question_of(document)
    assert question is not None
    pointed = PointedWords({"invoice_number": numbers(question, "4711")})(document).extraction
    [upright], [shown] = (each.annotations["invoice_number"].evidence for each in (plain, pointed))
    assert isinstance(upright, PageRegion) and isinstance(shown, PageRegion)
    assert shown.box == turned_box(upright.box, -turn) != upright.box


def test_a_word_that_is_read_badly_is_as_unsure_as_that_and_counts_once() -> None:
    words = tuple(replace(word, layer=Layer.OCR, confidence=0.9) for word in UNSURE.words)
    document = extracted(replace(UNSURE, words=words))
    question = question_of(document)
    assert question is not None
    pointed = PointedWords(
        {
            "invoice_number": numbers(question, "4711"),
            "seller.name": numbers(question, "Beratung"),
        }
    )(document).extraction
    before = document.extraction.annotations
    assert pointed.annotations["invoice_number"].confidence == pytest.approx(0.75 * 0.9)
    assert pointed.annotations["seller.name"].confidence == before["seller.name"].confidence
