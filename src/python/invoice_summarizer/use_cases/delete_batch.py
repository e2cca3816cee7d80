"""Removes a batch that is done."""

from invoice_summarizer.domain.errors import WrongState
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions


class DeleteBatch:
    """The batch, its items and its operation are gone; the log says that it was there, and who deleted it.

    Invoices and summaries stay. Raises NotFound, and WrongState where it is not done.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(self, principal: Principal, batch_id: str) -> None:
        async with self._transactions.begin(principal.tenant) as transaction:
            batch = await transaction.batches.get(batch_id)
            if not batch.state.done:
                raise WrongState(
                    "the batch is not done: cancel it first",
                    reason="BATCH_NOT_DONE",
                    metadata={"state": batch.state},
                )
            await transaction.batches.delete(batch_id)
            await transaction.record(
                Event(
                    kind=EventKind.BATCH_DELETED,
                    actor=principal.subject,
                    time=self._clock(),
                    operation_id=batch_id,
                )
            )
