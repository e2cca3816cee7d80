"""Has a document read once more."""

from invoice_summarizer.domain.document_task import reading_operation
from invoice_summarizer.domain.errors import WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.event import CORRECTIONS_DISCARDED, Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceHeader, InvoiceStatus, status_in_words
from invoice_summarizer.domain.operation import Operation, OperationKind
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.request_fingerprint import request_fingerprint
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.transactions import Transaction, Transactions

_WITHOUT_READING = frozenset({InvoiceStatus.RECEIVED, InvoiceStatus.FAILED, InvoiceStatus.OTHER})
_DECIDED = frozenset({InvoiceStatus.APPROVED, InvoiceStatus.ARCHIVED, InvoiceStatus.OTHER})


class ReprocessInvoice:
    """Sets a new operation to read the invoice's document and returns it.

    With `replay`, the operation only compares what is read and summarized now with what is stored: it changes nothing,
    leaves no event, and may be asked for of every invoice that has been read. Else the invoice stands as it is until the
    new reading takes the place of the last one, and of what people have corrected; it does so only where nobody has
    changed the invoice in between.

    Raises NotFound, StaleVersion, RequestIdReused, and WrongState where a person has approved the invoice, it is archived
    or of a later version, an operation on it is still under way, or a person has corrected it and
    `discard_corrections` does not say that this may be lost; with `replay`, where it has not been read.
    """

    def __init__(self, transactions: Transactions, clock: Clock, new_id: NewId) -> None:
        self._transactions = transactions
        self._clock = clock
        self._new_id = new_id

    async def __call__(
        self,
        principal: Principal,
        invoice_id: str,
        *,
        etag: str = "",
        request_id: str = "",
        replay: bool = False,
        discard_corrections: bool = False,
    ) -> Operation:
        kind = OperationKind.REPLAY if replay else OperationKind.REPROCESS
        async with self._transactions.begin(principal.tenant) as transaction:
            header = await transaction.invoices.header(invoice_id, lock=True)
            now = self._clock()  # the lock may have been waited for
            new = reading_operation(self._new_id(), kind, header, now)
            if request_id:
                # A repeated request finds its operation whatever has become of the invoice since.
                bound = await transaction.requests.record(
                    request_id, request_fingerprint(kind.value, invoice_id), new.id
                )
                if bound != new.id:
                    return await transaction.operations.get(bound)
            require_etag(header, etag)
            _require_status(header, kind)
            await _require_none_under_way(transaction, header)
            if replay:
                await transaction.operations.add(new)
                return new
            corrected = bool(await transaction.correctors(header.id))
            if corrected and not discard_corrections:
                raise _corrections_at_stake(header)
            await transaction.operations.add(new)
            await transaction.record(
                Event(
                    kind=EventKind.INVOICE_REPROCESS_REQUESTED,
                    actor=principal.subject,
                    time=now,
                    invoice_id=invoice_id,
                    operation_id=new.id,
                    reason=CORRECTIONS_DISCARDED if corrected else None,
                )
            )
        return new


def _require_status(header: InvoiceHeader, kind: OperationKind) -> None:
    """Raises WrongState."""
    if kind is OperationKind.REPLAY and header.status in _WITHOUT_READING:
        problem = "and there is nothing to compare with"
    elif kind is OperationKind.REPROCESS and header.status in _DECIDED:
        problem = "and is not read again"
    else:
        return
    raise WrongState(
        f"the invoice {status_in_words(header.status)}, {problem}",
        metadata={"status": header.status},
    )


async def _require_none_under_way(transaction: Transaction, header: InvoiceHeader) -> None:
    """Raises WrongState."""
    latest = await transaction.operations.latest([header.id])
    if latest is not None and not latest.state.done:
        raise WrongState(
            "the invoice is being read already",
            metadata={"status": header.status, "operation": latest.id},
        )


def _corrections_at_stake(header: InvoiceHeader) -> WrongState:
    return WrongState(
        "people have corrected the invoice, and reading it again loses that: say discard_corrections",
        reason="CORRECTIONS_AT_STAKE",
        metadata={"status": header.status},
    )
