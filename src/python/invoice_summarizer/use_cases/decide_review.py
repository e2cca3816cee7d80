"""What a person decides of an invoice."""

from typing import ClassVar

from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceHeader, InvoiceStatus
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions


class _Decide:
    _status: ClassVar[InvoiceStatus]
    _kind: ClassVar[EventKind]

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(
        self, principal: Principal, invoice_id: str, *, comment: str, etag: str = ""
    ) -> InvoiceHeader:
        now = self._clock()
        async with self._transactions.begin(principal.tenant) as transaction:
            header = await transaction.invoices.header(invoice_id, lock=True)
            require_etag(header, etag)
            decided = header.decided(self._status, comment or None, now)
            await transaction.invoices.put_header(decided)
            await transaction.record(
                Event(
                    kind=self._kind,
                    actor=principal.subject,
                    time=now,
                    invoice_id=invoice_id,
                )
            )
        return decided


class ApproveInvoice(_Decide):
    """Returns the invoice approved. Raises NotFound, StaleVersion, WrongState."""

    _status = InvoiceStatus.APPROVED
    _kind = EventKind.INVOICE_APPROVED


class RejectInvoice(_Decide):
    """Returns the invoice rejected. Raises NotFound, StaleVersion, WrongState."""

    _status = InvoiceStatus.REJECTED
    _kind = EventKind.INVOICE_REJECTED
