"""Sentences for the reasons of documents."""

import pytest

from invoice_summarizer.cli.reasons import REASONS, explained, in_words, sentence_of


@pytest.mark.parametrize(
    ("detected", "said"),
    [
        (
            "image/gif",
            "the file is a GIF picture; only XML, PDF, PNG, JPEG, TIFF and WebP files are read",
        ),
        ("application/zip", "the file is a ZIP archive, as office documents are too"),
        ("application/octet-stream", "the file is of a type that is not known here"),
    ],
)
def test_refused_file_is_called_what_it_is(detected: str, said: str) -> None:
    assert sentence_of("DOCUMENT_TYPE_UNSUPPORTED", {"detected": detected}).startswith(said)


def test_limit_is_said_where_it_is_known() -> None:
    limit = {"limit_bytes": str(64 * 1024 * 1024)}
    assert sentence_of("DOCUMENT_TOO_LARGE", limit) == "the file is larger than 64 MiB"
    assert sentence_of("DOCUMENT_TOO_LARGE") == "the file is larger than is taken"


def test_reason_that_is_not_known_is_told_by_its_words() -> None:
    assert sentence_of("NEW_REASON") == ""
    assert (in_words("NEW_REASON"), in_words("PDF_NO_PAGES")) == (
        "new reason",
        "the PDF has no pages",
    )
    assert explained("NEW_REASON") == "new reason [NEW_REASON]"
    assert explained("PDF_NO_PAGES") == "the PDF has no pages [PDF_NO_PAGES]"


def test_number_of_pages_is_said_where_it_is_known() -> None:
    assert sentence_of("PDF_PAGE_NOT_FOUND", {"pages": "2"}) == (
        "the PDF has no page of this number; it has 2"
    )
    assert sentence_of("PDF_PAGE_NOT_FOUND") == "the PDF has no page of this number"


def test_no_sentence_has_a_hole_left() -> None:
    assert not [reason for reason in REASONS if "{" in sentence_of(reason)]


def test_broken_xml_says_where_it_is_broken_where_that_is_known() -> None:
    place = {"line": "3", "column": "7", "cause": "mismatched tag"}
    assert sentence_of("XML_NOT_WELL_FORMED", place) == (
        "the XML is broken or cut off at line 3, column 7 (mismatched tag): "
        "ask the sender for the file again"
    )
    assert sentence_of("XML_NOT_WELL_FORMED") == (
        "the XML is broken or cut off: ask the sender for the file again"
    )
    assert "at line 3, column 7, which" in sentence_of(
        "XML_FORBIDDEN_CONSTRUCT", {"line": "3", "column": "7"}
    )
