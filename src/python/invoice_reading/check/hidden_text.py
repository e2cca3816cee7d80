"""Text that a reader of the page cannot see: kept apart, reported, never used."""

from collections.abc import Iterator, Sequence

from en16931.finding import Finding, Outcome, Severity
from invoice_reading.check.page_agreement import RULE_PACK
from invoice_reading.page import Page


def check_hidden_text(pages: Sequence[Page]) -> Iterator[Finding]:
    """Yields one finding for the document: are there words that a reader cannot see?"""
    if not pages:
        return
    hidden = any(word.hidden for page in pages for word in page.words)
    yield Finding(
        rule_id="HIDDEN-TEXT-01",
        rule_pack=RULE_PACK,
        severity=Severity.WARNING,
        outcome=Outcome.FAILED if hidden else Outcome.PASSED,
        field_paths=(),
        message="the pages hold no text that a reader cannot see",
    )
