"""Whose the account is that the pages print: beside the label of its holder, or under it in a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.agreement.printed_text import Place, squashed
from invoice_reading.agreement.whole_texts import larger_name
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow, below, overlaps

_LABEL = re.compile(
    r"\b(?:kontoinhaber(?:in)?|kontoname|kontoinh|begünstigter?|rekeninghouder|titulaire(?: du compte)?|intestatario"
    r"|account (?:holder|name)|name of account|ten name van|beneficiary(?: name)?)\b\.?",
    re.IGNORECASE,
)
_BLANK = " \t\u2002:"
_REACH = 2.6  # row heights under a heading


@dataclass(frozen=True, slots=True)
class _Holder:
    """Where the holder is named: the characters [begin, end) of a row."""

    row: MarkedRow
    begin: int
    end: int

    def holds(self, place: Place) -> bool:
        return place.row is self.row and self.begin <= place.begin < self.end


def compare_holder(
    path: str, name: str, content: InvoiceContent, printed: PrintedDocument
) -> Comparison:
    """Returns the verdict on the holder: a name that is that of a party says nothing of the account by itself."""
    places = [place for place in printed.text.texts(name) if larger_name(place) is None]
    holders = [*_holders(printed)]
    for holder in holders:
        for place in places:
            if holder.holds(place):
                return _of(path, Verdict.AGREES, Printed(place.region))
    if holders:
        first = holders[0]
        region = first.row.row.region(first.begin, first.end)
        return _of(path, Verdict.DISAGREES, Printed(region))
    parties = (content.seller, content.buyer, content.payee)
    wanted = squashed(name)
    is_party = any(squashed(party.name) == wanted for party in parties if party and party.name)
    if not places or is_party:
        return _of(path, Verdict.NOT_PRINTED, None)
    return _of(path, Verdict.AGREES, Printed(places[0].region, name))


def _holders(printed: PrintedDocument) -> Iterator[_Holder]:
    for row in printed.rows:
        for match in _LABEL.finditer(row.row.text):
            text = row.row.text
            if _heads_table(row, match.end()):
                yield from _under(row, match, printed)
            elif text[match.end() :].strip(_BLANK):
                yield _Holder(row, match.end(), len(text))
            else:
                yield from _under(row, match, printed)


def _heads_table(row: MarkedRow, end: int) -> bool:
    """Returns whether other headings follow, and no value: "Account holder   Bank   IBAN"."""
    labels = [
        label
        for label in row.labels
        if label.begin >= end and not {Label.IBAN, Label.BIC}.isdisjoint(label.meanings)
    ]
    return bool(labels) and not any(sign.isdigit() for sign in row.row.text[end:])


def _under(row: MarkedRow, match: re.Match[str], printed: PrintedDocument) -> Iterator[_Holder]:
    left, right = row.row.left(match.start()), row.row.right(match.end())
    for lower in below(printed.rows, row, _REACH):
        for begin, end in lower.row.segments():
            if overlaps(lower.row, begin, end, left, right):
                yield _Holder(lower, begin, end)
                return


def _of(path: str, verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.ACCOUNTS, path, verdict, printed)
