"""Invoices as the edge sends them, made when they are written so that reading them costs no making."""

from dataclasses import dataclass
from typing import Protocol

from invoice_reading.reading import Reading
from invoice_summarizer.domain.invoice import InvoiceHeader


@dataclass(frozen=True, slots=True)
class ReadingViews:
    """A reading as the edge sends it: what lists show of it, and all that one answer holds."""

    basic: bytes
    full: bytes


class ViewRenderer(Protocol):
    """Renders an invoice in two parts, whose bytes one after the other are the whole: a header changes alone."""

    @property
    def version(self) -> str:
        """Names the form of the bytes: what was rendered under another version has to be rendered again."""

    def header(self, header: InvoiceHeader) -> bytes: ...

    def reading(self, reading: Reading) -> ReadingViews: ...
