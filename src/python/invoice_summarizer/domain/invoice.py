"""An invoice: where it stands on its way and, once its document is read, what was understood of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from en16931.model import InvoiceContent
from invoice_reading.reading import Reading
from invoice_summarizer.domain.errors import WrongState

_NOTHING_READ = InvoiceContent()


class InvoiceStatus(StrEnum):
    """The words that the column `invoices.status` holds."""

    RECEIVED = "received"
    READY = "ready"
    REVIEW_PENDING = "review_pending"
    FAILED = "failed"
    APPROVED = "approved"
    REJECTED = "rejected"
    ARCHIVED = "archived"
    OTHER = "other"  # any that a later version of the program has given it

    @classmethod
    def _missing_(cls, value: object) -> "InvoiceStatus":
        return cls.OTHER


KNOWN_STATUSES = tuple(status for status in InvoiceStatus if status is not InvoiceStatus.OTHER)
_S = InvoiceStatus
_READ_OR_FAILED = frozenset({_S.READY, _S.REVIEW_PENDING, _S.FAILED})
TRANSITIONS: Mapping[InvoiceStatus, frozenset[InvoiceStatus]] = {
    _S.RECEIVED: frozenset({*_READ_OR_FAILED, _S.ARCHIVED}),
    _S.READY: frozenset({_S.READY, _S.REVIEW_PENDING, _S.APPROVED, _S.REJECTED, _S.ARCHIVED}),
    _S.REVIEW_PENDING: frozenset(
        {_S.READY, _S.REVIEW_PENDING, _S.APPROVED, _S.REJECTED, _S.ARCHIVED}
    ),
    _S.FAILED: frozenset({*_READ_OR_FAILED, _S.ARCHIVED}),
    _S.APPROVED: frozenset({_S.READY, _S.REVIEW_PENDING, _S.ARCHIVED}),
    _S.REJECTED: frozenset({_S.READY, _S.REVIEW_PENDING, _S.ARCHIVED}),
    _S.ARCHIVED: frozenset(),
    _S.OTHER: frozenset(),
}
DECIDED = frozenset({_S.APPROVED, _S.REJECTED})  # by a person
_IN_WORDS = {
    _S.RECEIVED: "has not been read yet",
    _S.READY: "is ready",
    _S.REVIEW_PENDING: "waits for review",
    _S.FAILED: "could not be read",
    _S.APPROVED: "is approved",
    _S.REJECTED: "is rejected",
    _S.ARCHIVED: "is archived",
    _S.OTHER: "has a status of a later version of the program",
}


def status_in_words(status: InvoiceStatus) -> str:
    """Returns what a person says of an invoice in that status: the end of a sentence that begins with the invoice."""
    return _IN_WORDS[status]


def _wrong_state(status: InvoiceStatus, wanted: InvoiceStatus) -> WrongState:
    message = (
        f"the invoice {_IN_WORDS[status]} already"
        if status is wanted
        else f"the invoice {_IN_WORDS[status]}, and cannot be {wanted.replace('_', ' ')}"
    )
    return WrongState(message, metadata={"status": status, "wanted": wanted})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The bytes as received; they lie in the object store under their hash."""

    tenant: str
    sha256: str
    size_bytes: int
    media_type: str
    file_name: str | None = None
    create_time: datetime  # when the tenant first sent these bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceHeader:
    """What is known of an invoice without its reading."""

    id: str
    tenant: str
    document: Document
    part: int = 1  # which of the invoices in the document, from 1
    status: InvoiceStatus
    create_time: datetime
    update_time: datetime
    version: int = 1  # grows by one with every change; the etag is made of it
    failure_reason: str | None = None  # set exactly while the status is failed
    decision_comment: str | None = None  # of who approved or rejected; none once that is void

    def moved(self, status: InvoiceStatus, now: datetime) -> Self:
        """Returns the invoice in the new status, one version on. Raises WrongState where the states forbid it."""
        if status not in TRANSITIONS[self.status]:
            raise _wrong_state(self.status, status)
        return replace(
            self, status=status, update_time=now, version=self.version + 1, failure_reason=None
        )

    def decided(self, status: InvoiceStatus, comment: str | None, now: datetime) -> Self:
        """Returns the invoice approved or rejected, with what the person had to say. Raises WrongState."""
        return replace(self.moved(status, now), decision_comment=comment)

    def failed(self, reason: str, now: datetime) -> Self:
        """Returns the invoice failed for a typed reason. Raises WrongState where it has been read."""
        return replace(self.moved(InvoiceStatus.FAILED, now), failure_reason=reason)


def received(document: Document, invoice_id: str, now: datetime, *, part: int = 1) -> InvoiceHeader:
    """Returns an invoice of a document, the first one unless `part` says otherwise, that has just come in."""
    return InvoiceHeader(
        id=invoice_id,
        tenant=document.tenant,
        document=document,
        part=part,
        status=InvoiceStatus.RECEIVED,
        create_time=now,
        update_time=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice(InvoiceHeader):
    """An invoice with its reading: None until its document is read, and the last one while it is read again."""

    reading: Reading | None = None

    @property
    def header(self) -> InvoiceHeader:
        return InvoiceHeader(**{each.name: getattr(self, each.name) for each in _HEADER_FIELDS})

    @property
    def content(self) -> InvoiceContent:
        """What was read; empty before that."""
        return self.reading.content if self.reading else _NOTHING_READ


_HEADER_FIELDS = fields(InvoiceHeader)


def with_reading(header: InvoiceHeader, reading: Reading | None) -> Invoice:
    """Returns the invoice of that header and reading."""
    known = {each.name: getattr(header, each.name) for each in _HEADER_FIELDS}
    return Invoice(**known, reading=reading)


def read_as(header: InvoiceHeader, now: datetime, *, needs_review: bool) -> InvoiceHeader:
    """Returns the invoice of which a reading is there now, ready or waiting for review; an earlier decision is void.

    Raises WrongState where a person has approved it or it is archived.
    """
    status = _earned(needs_review)
    if header.status is InvoiceStatus.APPROVED:
        raise _wrong_state(header.status, status)
    return replace(header.moved(status, now), decision_comment=None)


def reopened(header: InvoiceHeader, now: datetime, *, needs_review: bool) -> InvoiceHeader:
    """Returns the invoice without the decision that a person took: ready or waiting for review, as its reading says.

    Raises WrongState where nobody has approved or rejected it.
    """
    if header.status not in DECIDED:
        raise WrongState(
            f"the invoice {status_in_words(header.status)}: nobody has approved or rejected it",
            metadata={"status": header.status},
        )
    return replace(header.moved(_earned(needs_review), now), decision_comment=None)


def _earned(needs_review: bool) -> InvoiceStatus:
    return InvoiceStatus.REVIEW_PENDING if needs_review else InvoiceStatus.READY
