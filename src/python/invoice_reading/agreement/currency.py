"""Are the amounts of the pages in the currency of the XML?"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.currency import currencies, currency_mentions
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.tokens import fold

_Mention = tuple[
    PageRegion, tuple[str, ...]
]  # where a sign stands, and the currencies that it can mean
_TOTALS = ("amount_due", "amount_with_vat", "amount_without_vat", "vat_amount", "line_net_amount")
_PATH = "currency_code"
_RATE_WORDS = re.compile(
    r"kurs\b|exchange rate|rate of exchange|conversion rate|taux de change|cours de change|umrechnung|koers|tasso di cambio"
    r"|tipo de cambio"
)
_EQUAL = re.compile(r"=|[A-Z]{3} ?/ ?[A-Z]{3}")


def compare_currency(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on the currency: that of the totals counts first, then a label, then any other sign of one.

    A rate of exchange names two currencies: where nothing else names one, nobody knows which is meant, and a person
    has to look.
    """
    code = content.currency_code
    if code is None:
        return
    for mentions in (_at_totals(content, printed), _labelled(printed), _anywhere(printed)):
        if not mentions:
            continue
        for region, meanings in mentions:
            if code in _meant(meanings, printed):
                yield _of(Verdict.AGREES, Printed(region, code))
                return
        region, meanings = mentions[0]
        yield _of(Verdict.DISAGREES, Printed(region, meanings[0] if len(meanings) == 1 else None))
        return
    rates = [mention for row in printed.rows for mention in currency_mentions(row)]
    where = Printed(rates[0][0]) if rates else None
    yield _of(Verdict.DISAGREES if where else Verdict.NOT_PRINTED, where)


def _meant(meanings: tuple[str, ...], printed: PrintedDocument) -> tuple[str, ...]:
    """Returns what a sign can mean: "$" is the dollar of the United States beside an address there."""
    if printed.reading.context.in_united_states and "USD" in meanings:
        return ("USD",)
    return meanings


def _at_totals(content: InvoiceContent, printed: PrintedDocument) -> Sequence[_Mention]:
    """Returns the currencies that stand at amounts of the size of a total."""
    values = [getattr(content.totals, name) for name in _TOTALS] if content.totals else []
    return [
        (amount.region, meanings)
        for value in values
        if isinstance(value, Decimal) and value
        for amount in printed.amounts.all(value)
        if amount.currency is not None and (meanings := currencies(amount.currency))
    ]


def _labelled(printed: PrintedDocument) -> Sequence[_Mention]:
    return [
        mention
        for place in printed.places
        if place.means(Label.CURRENCY) and not _is_rate(place.row)
        for mention in currency_mentions(place.row, place.found.end)
    ]


def _anywhere(printed: PrintedDocument) -> Sequence[_Mention]:
    return [
        mention for row in printed.rows if not _is_rate(row) for mention in currency_mentions(row)
    ]


def _is_rate(row: MarkedRow) -> bool:
    """Returns whether the row states a rate of exchange: by its words, or by two currencies that are made equal."""
    if _RATE_WORDS.search(fold(row.row.text)):
        return True
    named = {meanings for _, meanings in currency_mentions(row)}
    return len(named) > 1 and _EQUAL.search(row.row.text) is not None


def _of(verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.TYPE_AND_CURRENCY, _PATH, verdict, printed)
