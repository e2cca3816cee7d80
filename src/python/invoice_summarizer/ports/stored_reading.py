"""Readings in the form in which a store keeps them."""

from dataclasses import dataclass
from typing import Protocol

from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.domain.duplicates import Identity
from invoice_summarizer.domain.invoice import InvoiceHeader
from invoice_summarizer.ports.packed import Packed


class StoredReading(Packed[Reading], Protocol):
    """A reading as it is stored, or ready to be; what can be told of it without unpacking it."""

    @property
    def form(self) -> DocumentForm: ...

    @property
    def needs_review(self) -> bool:
        """Whether there are review reasons."""

    @property
    def identity(self) -> Identity | None:
        """By what the invoice is known again, of a reading that is ready to be stored; None of a stored one."""

    def review_reasons(self) -> tuple[ReviewReason, ...]: ...


@dataclass(frozen=True, slots=True)
class StoredInvoice:
    """An invoice as it is stored; without a reading until its document is read."""

    header: InvoiceHeader
    reading: StoredReading | None
