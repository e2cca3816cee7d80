"""PAGE-XML-01: does the page of a hybrid PDF show what the XML inside it says?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from en16931.field_path import value_at
from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import finding_of
from invoice_reading.check.document import CheckedDocument
from invoice_reading.check.pack import OWN
from invoice_reading.extract.layout import COLUMN, Row, rows
from invoice_reading.extract.numbers import DecimalMark, NumberText, numbers, own_mark
from invoice_reading.page import Page

_FIELDS = ("invoice_number", "totals.amount_with_vat", "totals.amount_due")
_BETWEEN = re.compile(r"[\s:#()]+")  # where an identifier may begin or end: "No.:R-7" holds R-7
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LONGEST_WORD = 120  # no amount and no identifier is one longer word
_SLACK = 4  # punctuation that may follow an identifier as words of its own


class PageAgreement:
    """A `Rule` on a PDF with an e-invoice inside: one finding for each field that a payer goes by and that it declares.

    An amount is printed where a number of a row, or a word alone, has its size: the sign does not count, since credit
    notes often print none. An identifier is printed where a word, or words side by side, are it; case, and punctuation
    at the ends, do not count. Only visible words do; where there are none, nothing can be decided.
    """

    rule_id = "PAGE-XML-01"
    pack = OWN
    severity = Severity.WARNING
    text = "the value in the XML is printed on the page"
    fields = _FIELDS

    def check(self, document: CheckedDocument) -> Iterator[Finding]:
        if document.embedded.chosen is None:
            return
        printed = [*_printed(document.pages)]
        sizes = _sizes(printed)
        for path in self.fields:
            value = value_at(document.content, path)
            if isinstance(value, str | Decimal):
                yield finding_of(self, _outcome(value, sizes, printed), (path,))


def _printed(pages: Sequence[Page]) -> Iterator[Row]:
    """Yields every row, and every visible word as a row of its own.

    A word alone counts since a row may join a count and the amount after it ("2 500,00"), and has no word that is
    written upwards.
    """
    for page in pages:
        yield from rows(page)
        for word in page.words:
            if word.text.strip() and not word.hidden and len(word.text) <= _LONGEST_WORD:
                yield Row(page, (word,), word.text, (0,), 0.0, 0.0, 1.0)


def _outcome(value: str | Decimal, sizes: set[Decimal], printed: Sequence[Row]) -> Outcome:
    if not printed:
        return Outcome.NOT_DECIDABLE
    found = abs(value) in sizes if isinstance(value, Decimal) else _holds(value, printed)
    return Outcome.PASSED if found else Outcome.FAILED


def _sizes(printed: Iterable[Row]) -> set[Decimal]:
    """Returns every size that an amount on the pages may have; one such as "1.234 €" has two."""
    values = (
        number.value(mark)
        for row in printed
        for number in numbers(row)
        if _is_amount(number)
        for mark in DecimalMark
    )
    return {abs(value) for value in values if value is not None}


def _is_amount(number: NumberText) -> bool:
    """Returns whether it has decimals or a currency: bare digits may be a group of an IBAN."""
    decimals = own_mark(number.digits) is not None and number.decimals > 0
    return not number.percent and (decimals or number.currency is not None)


def _holds(identifier: str, printed: Iterable[Row]) -> bool:
    wanted = _bare(_BETWEEN.sub("", identifier))
    segments = (segment for row in printed for segment in row.text.split(COLUMN))
    return bool(wanted) and any(_holds_run(wanted, segment) for segment in segments)


def _holds_run(wanted: str, segment: str) -> bool:
    pieces = [piece for piece in _BETWEEN.split(segment) if piece]
    for begin, first in enumerate(pieces):
        if not _bare(first):
            continue
        joined = ""
        for piece in pieces[begin:]:
            joined += piece
            if _bare(joined) == wanted:
                return True
            if len(joined) > len(wanted) + _SLACK:
                break
    return False


def _bare(text: str) -> str:
    """Returns the text without case, and from its first letter or digit to its last."""
    plain = text.translate(_DASHES).casefold()
    begin = next((at for at, sign in enumerate(plain) if sign.isalnum()), len(plain))
    end = next((at for at in range(len(plain), begin, -1) if plain[at - 1].isalnum()), begin)
    return plain[begin:end]
