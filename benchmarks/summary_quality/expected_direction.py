"""Which way the money goes, judged from the content alone by a rule of its own.

It shares nothing with what plans summaries, so that a mistake there is seen here.
"""

from decimal import Decimal
from enum import StrEnum

from en16931.model import DocumentKind, InvoiceContent
from invoice_reading.annotation import FieldStatus
from invoice_reading.certainty import is_unsure
from invoice_reading.reading import Reading
from invoice_summarizer.domain.summarizing.facts.kind import FactKind


class Way(StrEnum):
    WE_PAY = "WE_PAY"
    THEY_COLLECT = "THEY_COLLECT"
    TO_US = "TO_US"
    NOTHING = "NOTHING"
    UNKNOWN = "UNKNOWN"


# What each sentence tells its reader.
WAY_OF_KIND = {
    FactKind.TO_PAY: Way.WE_PAY,
    FactKind.TO_PAY_TOTAL: Way.WE_PAY,
    FactKind.TO_PAY_REST: Way.WE_PAY,
    FactKind.ASKED: Way.WE_PAY,
    FactKind.ASKED_IN_XML: Way.WE_PAY,
    FactKind.ASKED_IN_PART: Way.WE_PAY,
    FactKind.COLLECTED: Way.THEY_COLLECT,
    FactKind.CHARGED_TO_CARD: Way.THEY_COLLECT,
    FactKind.CREDITED: Way.TO_US,
    FactKind.IN_OUR_FAVOUR: Way.TO_US,
    FactKind.PAID_ALREADY: Way.NOTHING,
    FactKind.NOTHING_DUE: Way.NOTHING,
    FactKind.NO_DEMAND: Way.NOTHING,
    FactKind.AMOUNT_UNKNOWN: Way.UNKNOWN,
    FactKind.NOT_ASKED: Way.UNKNOWN,  # the amount says one thing, the terms another
}
# UNTDID 1001, the credit notes among the types that EN 16931 allows; and those that ask for nothing.
_CREDIT_NOTES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
)
_NO_DEMANDS = frozenset({"325"})
_NO_DEMAND_KINDS = frozenset(
    {
        DocumentKind.PROFORMA,
        DocumentKind.STATEMENT,
        DocumentKind.RECEIPT,
        DocumentKind.NOT_AN_INVOICE,
    }
)
_COLLECTING_MEANS = frozenset({"48", "49", "54", "55", "59"})  # UNTDID 4461: cards, direct debits


def expected_ways(reading: Reading) -> frozenset[Way]:
    """Returns the ways that a summary may tell without leading anybody wrong; mostly one."""
    content = reading.content
    if _asks_for_nothing(content):
        return frozenset({Way.NOTHING})
    if _is_credit(content):
        return frozenset({Way.TO_US})
    due = _sure(reading, "totals.amount_due", _totals(content, "amount_due"))
    if due is None:
        # A total may stand for the amount due; of an amount that nobody is sure of, nobody may say which way it goes.
        return frozenset({Way.UNKNOWN, Way.WE_PAY, Way.THEY_COLLECT})
    if due < 0:
        return frozenset({Way.TO_US, Way.UNKNOWN})
    if due == 0:
        return frozenset({Way.NOTHING, Way.UNKNOWN})
    return frozenset({Way.THEY_COLLECT if _is_collected(content) else Way.WE_PAY, Way.UNKNOWN})


def _asks_for_nothing(content: InvoiceContent) -> bool:
    kind = content.extras.document_kind if content.extras else None
    return kind in _NO_DEMAND_KINDS if kind else content.type_code in _NO_DEMANDS


def _is_credit(content: InvoiceContent) -> bool:
    kind = content.extras.document_kind if content.extras else None
    return kind is DocumentKind.CREDIT_NOTE if kind else content.type_code in _CREDIT_NOTES


def _is_collected(content: InvoiceContent) -> bool:
    instructions = content.payment_instructions
    if instructions is None:
        return False
    return (
        instructions.means_type_code in _COLLECTING_MEANS
        or instructions.payment_card is not None
        or (instructions.direct_debit is not None and not instructions.credit_transfers)
    )


def _totals(content: InvoiceContent, name: str) -> Decimal | None:
    return getattr(content.totals, name) if content.totals else None


def _sure(reading: Reading, path: str, value: Decimal | None) -> Decimal | None:
    annotation = reading.annotations.get(path)
    present = annotation is not None and annotation.status is FieldStatus.PRESENT
    return value if annotation and present and not is_unsure(path, annotation) else None
