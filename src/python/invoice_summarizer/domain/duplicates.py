"""When two documents may be one invoice: the same seller has given both the same number, and both bill or both credit.

A number is given once by a seller, to an invoice or to a credit note. That two documents share it is a suspicion, which
a person settles: nothing is decided by it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from en16931.credit_notes import document_kind
from en16931.model import DocumentKind, InvoiceContent, Seller
from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_reading.vat_identifier import vat_identifier
from invoice_summarizer.domain.counted import KINDS_THAT_BILL_NOTHING

MOST_DUPLICATES = 10  # that a reading names


@dataclass(frozen=True, slots=True)
class Identity:
    """What another document of the same invoice has too: kind and number, and one of the seller's names."""

    number: str
    sellers: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Two invoices that have one of them may be the same."""
        return frozenset(f"{self.number} {seller}" for seller in self.sellers)


def identity_of(content: InvoiceContent) -> Identity | None:
    """Returns by what the invoice is known again; None where it has no number or no seller, or bills nothing.

    White space and case make no difference, nor signs in the name of the seller. What does not say its kind is an
    invoice.
    """
    kind = document_kind(content) or DocumentKind.INVOICE
    number = "".join((content.invoice_number or "").split()).casefold()
    sellers = tuple(_names(content.seller)) if content.seller is not None else ()
    if not number or not sellers or kind in KINDS_THAT_BILL_NOTHING:
        return None
    return Identity(f"{kind.value} {number}", sellers)


def with_duplicates(reading: Reading, invoice_ids: Iterable[str]) -> Reading:
    """Returns the reading with these invoices as those of which it may be a duplicate.

    They stand first, so that no answer leaves them out.
    """
    reasons = (*suspicions(invoice_ids), *reading.review_reasons)
    return replace(reading, review_reasons=reasons)


def suspicions(invoice_ids: Iterable[str]) -> tuple[ReviewReason, ...]:
    """Returns the reasons for looking at an invoice that may be one of these."""
    return tuple(ReviewReason(ReviewCode.DUPLICATE_SUSPECTED, each) for each in invoice_ids)


def _names(seller: Seller) -> Iterator[str]:
    identifier = vat_identifier(seller.vat_identifier or "").upper()
    if identifier:
        yield f"VAT {identifier}"
    name = "".join(sign for sign in (seller.name or "").casefold() if sign.isalnum())
    if name:
        yield f"NAME {name}"
