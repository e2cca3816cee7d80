"""Has many invoices or documents summarized."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aip.filter_expression import Expression
from invoice_summarizer.domain.batch import (
    MOST_ITEMS,
    MOST_NAMED_INVOICES,
    Batch,
    BatchEmpty,
    BatchItem,
    BatchSource,
    BatchTooLarge,
    SourceKind,
)
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.operation import (
    Operation,
    OperationKind,
    OperationState,
    Progress,
)
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.request_fingerprint import request_fingerprint
from invoice_summarizer.domain.summarizing.language import supported_locale
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.import_source import ImportSource
from invoice_summarizer.ports.transactions import Transaction, Transactions
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted


@dataclass(frozen=True, slots=True)
class Submission:
    """What to summarize, and how; `filter` is the source's text, parsed, and `invoice_ids` those that it names."""

    source: BatchSource
    wanted: Wanted
    filter: Expression | None = None
    invoice_ids: Sequence[str] = ()


class CreateBatch:
    """Stores a batch with its items, and returns the operation that does it, which waits for a worker with a cluster.

    The documents of a URI become items when its job begins. The same request id with the same submission returns the
    operation that it first got. Raises UnsupportedLanguage, InstructionNeedsModel, BatchEmpty, BatchTooLarge,
    ImportRefused, RequestIdReused.
    """

    def __init__(
        self,
        transactions: Transactions,
        imports: ImportSource,
        writer: SummaryWriter,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._transactions = transactions
        self._imports = imports
        self._writer = writer
        self._clock = clock
        self._new_id = new_id

    async def __call__(
        self, principal: Principal, submission: Submission, *, request_id: str = ""
    ) -> Operation:
        self._require(principal.tenant, submission)
        batch_id = self._new_id()
        async with self._transactions.begin(principal.tenant) as transaction:
            if request_id:
                bound = await transaction.requests.record(
                    request_id, _fingerprint(submission), batch_id
                )
                if bound != batch_id:
                    return await transaction.operations.get(bound)
            now = self._clock()
            total = await _add_items(transaction, batch_id, submission)
            operation = _operation(principal.tenant, batch_id, total, now)
            await transaction.operations.add(operation)
            await transaction.batches.add(_batch(principal, batch_id, submission, total, now))
            await transaction.record(
                Event(
                    kind=EventKind.BATCH_CREATED,
                    actor=principal.subject,
                    time=now,
                    operation_id=batch_id,
                )
            )
        return operation

    def _require(self, tenant: str, submission: Submission) -> None:
        """Raises what would else meet every item."""
        supported_locale(submission.wanted.language_code)
        self._writer.intended(submission.wanted)
        if submission.source.kind is SourceKind.URI_PREFIX:
            self._imports.require(tenant, submission.source.text)
        if len(submission.invoice_ids) > MOST_NAMED_INVOICES:
            raise BatchTooLarge(MOST_NAMED_INVOICES, "invoices.names")


async def _add_items(transaction: Transaction, batch_id: str, submission: Submission) -> int | None:
    """Returns how many there are, None where they are not known yet. Raises BatchEmpty, BatchTooLarge."""
    match submission.source.kind:
        case SourceKind.URI_PREFIX:
            return None
        case SourceKind.INVOICES:
            field = "invoices.names"
            invoice_ids = dict.fromkeys(submission.invoice_ids)
            items = [BatchItem(ordinal=n, invoice_id=each) for n, each in enumerate(invoice_ids)]
            await transaction.batch_items.add(batch_id, items)
            total = len(items)
        case SourceKind.FILTER:
            field = "filter"
            total = await transaction.batch_items.add_matching(
                batch_id, submission.filter, MOST_ITEMS + 1
            )
    if not total:
        raise BatchEmpty("there is no such invoice to summarize", field=field)
    if total > MOST_ITEMS:
        raise BatchTooLarge(MOST_ITEMS, field)
    return total


def _operation(tenant: str, batch_id: str, total: int | None, now: datetime) -> Operation:
    return Operation(
        id=batch_id,
        tenant=tenant,
        kind=OperationKind.BATCH,
        state=OperationState.PENDING,
        create_time=now,
        update_time=now,
        due_time=now,
        progress=Progress(0, total or 0),
    )


def _batch(
    principal: Principal, batch_id: str, submission: Submission, total: int | None, now: datetime
) -> Batch:
    return Batch(
        id=batch_id,
        tenant=principal.tenant,
        source=submission.source,
        language_code=submission.wanted.language_code,
        style=submission.wanted.style,
        instruction=submission.wanted.instruction,
        creator=principal.subject,
        create_time=now,
        update_time=now,
        total=total,
    )


def _fingerprint(submission: Submission) -> str:
    source, wanted = submission.source, submission.wanted
    return request_fingerprint(
        "batch",
        source.kind,
        source.text,
        *submission.invoice_ids,
        wanted.language_code,
        wanted.style,
        wanted.instruction,
    )
