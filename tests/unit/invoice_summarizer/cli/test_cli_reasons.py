"""Sentences for the reasons of documents."""

import pytest

from invoice_summarizer.cli.reasons import REASONS, explained, sentence_of


@pytest.mark.parametrize(
    ("detected", "said"),
    [
        ("image/png", "the file is a PNG picture; only XML and PDF files are read"),
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


def test_reason_that_is_not_known_stands_for_itself() -> None:
    assert sentence_of("NEW_REASON") == ""
    assert explained("NEW_REASON") == "NEW_REASON"
    assert explained("PDF_NO_PAGES") == "the PDF has no pages [PDF_NO_PAGES]"


def test_no_sentence_has_a_hole_left() -> None:
    assert not [reason for reason in REASONS if "{" in sentence_of(reason)]
