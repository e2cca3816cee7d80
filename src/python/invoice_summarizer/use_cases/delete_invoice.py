"""Removes an invoice with everything that came of it."""

from invoice_summarizer.domain.errors import WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions


class DeleteInvoice:
    """The invoice, its operations and summaries are gone; the log says that it was there, and who deleted it and why.

    The bytes of a document that has no invoice any more are swept afterwards (`sweep_objects`): removing them here
    could take them from an invoice of the same bytes that comes in at this moment.

    Raises NotFound, StaleVersion, and WrongState where the invoice is approved and `force` does not say that it is
    deleted all the same.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(
        self,
        principal: Principal,
        invoice_id: str,
        etag: str = "",
        *,
        force: bool = False,
        comment: str = "",
    ) -> None:
        async with self._transactions.begin(principal.tenant) as transaction:
            header = await transaction.invoices.header(invoice_id)
            require_etag(header, etag)
            if header.status is InvoiceStatus.APPROVED and not force:
                raise WrongState(
                    "the invoice is approved, and is deleted by force only",
                    reason="FORCE_MISSING",
                    metadata={"status": header.status},
                )
            await transaction.invoices.delete(header)
            await transaction.record(
                Event(
                    kind=EventKind.INVOICE_DELETED,
                    actor=principal.subject,
                    time=self._clock(),
                    invoice_id=invoice_id,
                    comment=comment.strip() or None,
                )
            )
