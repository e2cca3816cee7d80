"""HIDDEN-TEXT-01: text that a reader of the page cannot see."""

from en16931.finding import Finding, Outcome
from en16931.model import InvoiceContent
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.hidden_text import HiddenText
from invoice_reading.page import Page
from page_builder import hidden, page, text


def findings(*pages: Page) -> list[Finding]:
    return list(HiddenText().check(CheckedDocument(content=InvoiceContent(), pages=pages)))


def test_hidden_text_is_reported_once_for_the_document() -> None:
    visible = page(text(50, 50, "a"))
    [clean] = findings(visible, page(text(50, 50, "b")))
    [found] = findings(visible, page(hidden(50, 50, "c")), page(hidden(50, 50, "d")))
    assert (clean.outcome, found.outcome) == (Outcome.PASSED, Outcome.FAILED)


def test_document_without_pages_has_no_finding() -> None:
    assert findings() == []
