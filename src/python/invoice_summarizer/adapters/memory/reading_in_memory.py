"""Readings as the memory adapters keep them: as they are."""

from dataclasses import dataclass

from invoice_reading.reading import DocumentForm, Reading
from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.domain.duplicates import Identity, identity_of


@dataclass(frozen=True, slots=True)
class ReadingInMemory:
    """A StoredReading."""

    reading: Reading
    size_bytes: int = 0  # there is nothing to unpack

    @property
    def form(self) -> DocumentForm:
        return self.reading.form

    @property
    def needs_review(self) -> bool:
        return bool(self.reading.review_reasons)

    @property
    def identity(self) -> Identity | None:
        return identity_of(self.reading.content)

    def review_reasons(self) -> tuple[ReviewReason, ...]:
        return self.reading.review_reasons

    def unpacked(self) -> Reading:
        return self.reading
