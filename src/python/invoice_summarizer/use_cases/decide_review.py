"""What a person decides of an invoice, and takes back."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from invoice_reading.review_reason import ReviewReason
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.event import CORRECTED_BY_APPROVER, Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceHeader, InvoiceStatus, reopened
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transaction, Transactions

_REASONS_NAMED = 5


class _Decide(ABC):
    _kind: ClassVar[EventKind]

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(
        self, principal: Principal, invoice_id: str, *, comment: str, etag: str = ""
    ) -> InvoiceHeader:
        said = comment.strip() or None
        async with self._transactions.begin(principal.tenant) as transaction:
            header = await transaction.invoices.header(invoice_id, lock=True)
            now = self._clock()  # the lock may have been waited for
            require_etag(header, etag)
            decided = await self._decided(transaction, header, said, now)
            await transaction.invoices.put_header(decided)
            await transaction.record(
                Event(
                    kind=self._kind,
                    actor=principal.subject,
                    time=now,
                    invoice_id=invoice_id,
                    comment=said,
                    reason=await self._reason(transaction, principal, header),
                )
            )
        return decided

    async def _reason(
        self, transaction: Transaction, principal: Principal, header: InvoiceHeader
    ) -> str | None:
        """Returns what the event says of the decision beside its kind."""
        return None

    @abstractmethod
    async def _decided(
        self, transaction: Transaction, header: InvoiceHeader, comment: str | None, now: datetime
    ) -> InvoiceHeader:
        """Returns the invoice as the decision makes it."""


class ApproveInvoice(_Decide):
    """Returns the invoice approved; the event tells where whoever approved it has corrected it before.

    Raises NotFound, StaleVersion, WrongState, and InvalidInput where the invoice waits for review and nothing is said
    of why it is approved all the same.
    """

    _kind = EventKind.INVOICE_APPROVED

    async def _reason(
        self, transaction: Transaction, principal: Principal, header: InvoiceHeader
    ) -> str | None:
        correctors = await transaction.correctors(header.id)
        return CORRECTED_BY_APPROVER if principal.subject in correctors else None

    async def _decided(
        self, transaction: Transaction, header: InvoiceHeader, comment: str | None, now: datetime
    ) -> InvoiceHeader:
        if header.status is InvoiceStatus.REVIEW_PENDING and comment is None:
            reading = (await transaction.invoices.get(header.id)).reading
            raise _unexplained(reading.review_reasons() if reading else ())
        return header.decided(InvoiceStatus.APPROVED, comment, now)


class RejectInvoice(_Decide):
    """Returns the invoice rejected. Raises NotFound, StaleVersion, WrongState."""

    _kind = EventKind.INVOICE_REJECTED

    async def _decided(
        self, transaction: Transaction, header: InvoiceHeader, comment: str | None, now: datetime
    ) -> InvoiceHeader:
        return header.decided(InvoiceStatus.REJECTED, comment, now)


class ReopenInvoice(_Decide):
    """Returns the invoice without the approval or rejection: ready or waiting for review, as its reading says.

    The history keeps the decision. Raises NotFound, StaleVersion, WrongState.
    """

    _kind = EventKind.INVOICE_REOPENED

    async def _decided(
        self, transaction: Transaction, header: InvoiceHeader, comment: str | None, now: datetime
    ) -> InvoiceHeader:
        reading = (await transaction.invoices.get(header.id)).reading
        return reopened(header, now, needs_review=reading is not None and reading.needs_review)


def _unexplained(reasons: Sequence[ReviewReason]) -> InvalidInput:
    named = [*map(str, reasons[:_REASONS_NAMED])]
    if len(reasons) > len(named):
        named.append(f"{len(reasons) - len(named)} more")
    return InvalidInput(
        "a comment must say why the invoice is approved although it waits for review"
        f" ({', '.join(named)})",
        field="comment",
        reason="COMMENT_MISSING",
        metadata={"review_reasons": ", ".join(map(str, reasons[:_REASONS_NAMED]))},
    )
