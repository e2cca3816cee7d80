"""Do the pages say, as the XML does, that money is owed, or that it is given back?"""

from collections.abc import Iterator

from en16931.document_types import CREDIT_NOTE_TYPE_CODES
from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.extract.document_type import TitlePlace, title_places
from invoice_reading.extract.lexicon import TITLE_CODES, Title

_SELF_BILLED = frozenset({"389", "261", "527"})  # German pages head them "Gutschrift", too
_PROFORMA = "325"
_CREDIT = frozenset({Title.CREDIT_NOTE, Title.CORRECTED})
_INVOICES = frozenset({Title.INVOICE, Title.PREPAYMENT, Title.SELF_BILLED, Title.PROFORMA})
# What the words begin or end with by which pages name a credit note, and an invoice. Those of the second row name cards
# and banks too: under the title of an invoice they say nothing.
_SURE_CREDIT_WORDS = ("gutschrift", "storno", "korrektur", "creditnota", "rectificati", "abono")
_LOOSE_CREDIT_WORDS = ("credit", "avoir")
_CREDIT_WORDS = (*_SURE_CREDIT_WORDS, *_LOOSE_CREDIT_WORDS)
_INVOICE_WORDS = ("rechnung", "invoice", "facture", "factuur", "factura", "fattura")
_PATH = "type_code"


def compare_type(content: InvoiceContent, printed: PrintedDocument) -> Iterator[Comparison]:
    """Yields the verdict on the type: titles count, and where there is none, the words in which labels name it."""
    code = content.type_code
    if code is None:
        return
    titles = title_places(printed.rows) if printed.rows else ()
    verdict, where = (
        _credit_note(code, titles, printed)
        if code in CREDIT_NOTE_TYPE_CODES
        else _invoice(code, titles, printed, gives_back=_gives_back(content))
    )
    yield Comparison(Group.TYPE_AND_CURRENCY, _PATH, verdict, where)


def _gives_back(content: InvoiceContent) -> bool:
    """Returns whether an invoice is a credit note by its sign: French ones may be of type 380 with a negative total."""
    total = content.totals.amount_with_vat if content.totals is not None else None
    return total is not None and total.is_finite() and total < 0


def _credit_note(
    code: str, titles: tuple[TitlePlace, ...], printed: PrintedDocument
) -> tuple[Verdict, Printed | None]:
    invoice = next((title for title in titles if title.title in _INVOICES), None)
    for title in titles:
        if title.title in _CREDIT and (title is titles[0] or not _is_loose(title)):
            return Verdict.AGREES, _titled(title)
    named = _named(printed, _CREDIT_WORDS if invoice is None else _SURE_CREDIT_WORDS)
    is_self_billed = bool(titles) and titles[0].title is Title.SELF_BILLED
    if named is not None and (not is_self_billed or code in _SELF_BILLED):
        return Verdict.AGREES, named
    other = _titled(invoice) if invoice is not None else _named(printed, _INVOICE_WORDS)
    return (Verdict.DISAGREES if other else Verdict.NOT_PRINTED), other


def _invoice(
    code: str, titles: tuple[TitlePlace, ...], printed: PrintedDocument, *, gives_back: bool
) -> tuple[Verdict, Printed | None]:
    if not titles:
        named = _named(printed, _INVOICE_WORDS)
        if named is None and (credit := _named(printed, _CREDIT_WORDS)) is not None:
            return (Verdict.AGREES if gives_back else Verdict.DISAGREES), credit
        return (Verdict.AGREES if named else Verdict.NOT_PRINTED), named
    first = titles[0]
    may_credit = gives_back or code in _SELF_BILLED
    is_other = (first.title is Title.CREDIT_NOTE and not may_credit) or (
        first.title is Title.PROFORMA and code != _PROFORMA
    )
    return (Verdict.DISAGREES if is_other else Verdict.AGREES), _titled(first)


def _is_loose(title: TitlePlace) -> bool:
    """Returns whether it is a lone word that may begin the name of a card or a bank."""
    words = [each.text for each in title.row.tokens if title.begin <= each.begin < title.end]
    return len(words) == 1 and words[0] in _LOOSE_CREDIT_WORDS


def _titled(title: TitlePlace) -> Printed:
    return Printed(title.region, TITLE_CODES.get(title.title))


def _named(printed: PrintedDocument, words: tuple[str, ...]) -> Printed | None:
    for row in printed.rows:
        for token in row.tokens:
            if token.text.startswith(words) or token.text.endswith(words):
                title = Title.INVOICE if words is _INVOICE_WORDS else Title.CREDIT_NOTE
                return Printed(row.row.region(token.begin, token.end), TITLE_CODES[title])
    return None
