"""Has a document read once more."""

from invoice_summarizer.domain.errors import WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.operation import Operation, OperationKind, OperationState
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.request_fingerprint import request_fingerprint
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.transactions import Transactions


class ReprocessInvoice:
    """Sets a new operation to read the invoice's document and returns it; the invoice is received again.

    Raises NotFound, StaleVersion, RequestIdReused, and WrongState where a person has approved the invoice, it is
    archived, or an operation on it is still under way.
    """

    def __init__(self, transactions: Transactions, clock: Clock, new_id: NewId) -> None:
        self._transactions = transactions
        self._clock = clock
        self._new_id = new_id

    async def __call__(
        self, principal: Principal, invoice_id: str, *, etag: str = "", request_id: str = ""
    ) -> Operation:
        now = self._clock()
        new = Operation(
            id=self._new_id(),
            tenant=principal.tenant,
            kind=OperationKind.REPROCESS,
            invoice_id=invoice_id,
            state=OperationState.PENDING,
            create_time=now,
            update_time=now,
            due_time=now,
        )
        async with self._transactions.begin(principal.tenant) as transaction:
            invoice = await transaction.invoices.get(invoice_id, lock=True)
            if request_id:
                # A repeated request finds its operation whatever has become of the invoice since.
                bound = await transaction.requests.record(
                    request_id, request_fingerprint("reprocess", invoice_id), new.id
                )
                if bound != new.id:
                    return await transaction.operations.get(bound)
            require_etag(invoice, etag)
            if not (await transaction.operations.latest(invoice_id)).state.done:
                raise WrongState("an operation on the invoice is under way")
            await transaction.operations.add(new)
            await transaction.invoices.replace(invoice.moved(InvoiceStatus.RECEIVED, now))
            await transaction.audit.append(
                principal.subject, "invoice.reprocessed", f"invoices/{invoice_id}"
            )
        return new
