"""Stops an operation that is not done."""

from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions

CANCELLED = "OPERATION_CANCELLED"


class CancelOperation:
    """Returns the operation cancelled: no worker completes it, and its invoice has failed for that reason.

    Raises NotFound, OperationNotCancellable where it is done.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(self, principal: Principal, operation_id: str) -> Operation:
        async with self._transactions.begin(principal.tenant) as transaction:
            invoice_id = (await transaction.operations.get(operation_id)).invoice_id
            invoice = await transaction.invoices.get(invoice_id, lock=True)
            operation = await transaction.operations.cancel(operation_id)
            if invoice.status in (InvoiceStatus.RECEIVED, InvoiceStatus.PROCESSING):
                await transaction.invoices.replace(invoice.failed(CANCELLED, self._clock()))
                await transaction.audit.append(
                    principal.subject,
                    "invoice.failed",
                    f"invoices/{invoice_id}",
                    details=CANCELLED,
                )
            await transaction.audit.append(
                principal.subject, "operation.cancelled", f"operations/{operation_id}"
            )
        return operation
