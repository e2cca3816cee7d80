"""Does the page of a hybrid PDF show what the XML inside it says?"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from en16931.field_path import value_at
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from invoice_summarizer.domain.page import Page

RULE_PACK = "invoice-summarizer"
_FIELDS = ("invoice_number", "totals.amount_with_vat", "totals.amount_due")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_NOT_DIGIT = re.compile(r"\D+")


def check_page_agreement(content: InvoiceContent, pages: Sequence[Page]) -> Iterator[Finding]:
    """Yields one finding for each of the fields that a payer goes by: is its value printed on some page?

    Printed means that the visible words, joined without punctuation, hold the value's letters and digits; where the
    pages have no words, nothing can be decided. Amounts are looked for without sign, since credit notes often print
    none, and with two decimals.
    """
    text = "\n".join(
        _squash("".join(word.text for word in page.words if not word.hidden)) for page in pages
    )
    for path in _FIELDS:
        value = value_at(content, path)
        if value is None or not isinstance(value, str | Decimal | date):
            continue
        yield Finding(
            rule_id="PAGE-XML-01",
            rule_pack=RULE_PACK,
            severity=Severity.WARNING,
            outcome=_outcome(value, text),
            field_paths=(path,),
            message="the value in the XML is printed on the page",
        )


def _outcome(value: str | Decimal | date, text: str) -> Outcome:
    if not text.strip():
        return Outcome.NOT_DECIDABLE
    if isinstance(value, Decimal):
        wanted = _NOT_DIGIT.sub("", f"{abs(value):.2f}")
    else:
        wanted = _squash(str(value))
    return Outcome.PASSED if wanted in text else Outcome.FAILED


def _squash(text: str) -> str:
    return _NOT_ALPHANUMERIC.sub("", text).casefold()
