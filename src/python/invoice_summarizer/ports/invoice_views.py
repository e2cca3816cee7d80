"""Invoices as the edge sends them, made when they are written so that reading them costs no making."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from invoice_reading.reading import Reading
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.domain.invoice import Invoice, InvoiceHeader


class InvoiceView(StrEnum):
    """How much of an invoice is wanted (AIP-157)."""

    BASIC = "basic"  # what a list shows
    FULL = "full"


@dataclass(frozen=True, slots=True)
class ReadingViews:
    """A reading as the edge sends it: what lists show of it, and all that one answer holds."""

    basic: bytes
    full: bytes


class ViewRenderer(Protocol):
    """Renders an invoice in two parts, whose bytes one after the other are the whole: a header changes alone."""

    @property
    def version(self) -> str:
        """Names the form of the bytes: what was rendered under another version is not sent.

        Of two versions the later one is the greater, as texts compare.
        """

    def header(self, header: InvoiceHeader) -> bytes: ...

    def reading(self, reading: Reading) -> ReadingViews: ...

    def first_reasons(self, reasons: Sequence[ReviewReason]) -> bytes:
        """Returns what, before the views of a reading, makes the reasons its first ones."""
        ...


def rendered(renderer: ViewRenderer, invoice: Invoice, view: InvoiceView) -> bytes:
    """Returns the invoice as the edge sends it. A long one takes a second: not for an event loop."""
    header = renderer.header(invoice)
    if invoice.reading is None:
        return header
    reading = renderer.reading(invoice.reading)
    return header + (reading.full if view is InvoiceView.FULL else reading.basic)


@dataclass(frozen=True, slots=True)
class RenewedBatch:
    renewed: int
    unreadable: tuple[str, ...] = ()  # ids of invoices that this version of the program cannot read


class ViewRenewal(Protocol):
    """Views that were stored under an earlier version than the renderer's, because the form of the bytes has changed."""

    def renew(self) -> AsyncGenerator[RenewedBatch, None]:
        """Renders them again, of all tenants and a batch at a time; yields what became of each batch.

        An invoice that changes meanwhile is left as it is: its views are stored with the change. Raises Unavailable
        where the store does not answer.
        """
