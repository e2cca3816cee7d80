"""Stops an operation that is not done."""

from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transaction, Transactions

CANCELLED = "OPERATION_CANCELLED"


class CancelOperation:
    """Returns the operation cancelled: no worker completes it.

    An invoice that was to be read again stands as it did; one that was never read has failed for that reason.
    Raises NotFound, OperationNotCancellable where it is done.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(self, principal: Principal, operation_id: str) -> Operation:
        async with self._transactions.begin(principal.tenant) as transaction:
            found = await transaction.operations.get(operation_id)
            if found.invoice_id is not None:
                await self._release(transaction, found.invoice_id, principal.subject)
            operation = await transaction.operations.cancel(operation_id)
            await transaction.record(
                Event(
                    kind=EventKind.OPERATION_CANCELLED,
                    actor=principal.subject,
                    time=self._clock(),
                    invoice_id=operation.invoice_id,
                    operation_id=operation.id,
                )
            )
        return operation

    async def _release(self, transaction: Transaction, invoice_id: str, actor: str) -> None:
        """The invoice is locked before its operation, as everybody does; where it was never read, it has failed."""
        header = await transaction.invoices.header(invoice_id, lock=True)
        if header.status is not InvoiceStatus.RECEIVED:
            return
        now = self._clock()
        await transaction.invoices.put_header(header.failed(CANCELLED, now))
        await transaction.record(
            Event(
                kind=EventKind.INVOICE_FAILED,
                actor=actor,
                time=now,
                invoice_id=invoice_id,
                reason=CANCELLED,
            )
        )
