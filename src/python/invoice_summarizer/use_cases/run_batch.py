"""Does items of a batch: the core of the jobs that run on a cluster, which knows of none."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TypeVar

import structlog

from invoice_summarizer.domain.batch import (
    NOTHING_DONE,
    Batch,
    BatchItem,
    ItemCounts,
    counts_of,
)
from invoice_summarizer.domain.error_place import place_of
from invoice_summarizer.domain.errors import (
    InvoiceSummarizerError,
    NotFound,
    Unavailable,
    WrongState,
)
from invoice_summarizer.domain.summary import Origin, Summary
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.language_model import ModelFailure
from invoice_summarizer.ports.stored_reading import StoredInvoice
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.use_cases.side_by_side import side_by_side
from invoice_summarizer.use_cases.summarize_invoice import (
    new_summary,
    summarized_event,
    wanted_identity,
)
from invoice_summarizer.use_cases.take_in_documents import TakeInDocuments
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted, Written

CHUNK = 32  # items that are done together, and written in one transaction
ATTEMPTS = 3
FIRST_DELAY_SECONDS = 0.5  # doubled each time
_log = structlog.get_logger()

T = TypeVar("T")


class RunItems:
    """Returns what became of the items with ordinals in [first, last) that were not done; they are done now.

    A document is taken in first; an invoice gets the summary that SummarizeInvoice would have written, or has it. What
    cannot be summarized has failed for its reason, and stops nothing. Done again, or by two at once, nothing is done
    twice. A batch that was cancelled is left as it is. Raises Unavailable where a part does not answer that all items
    need, and then those that were done stay done.
    """

    def __init__(
        self,
        transactions: Transactions,
        take_in: TakeInDocuments,
        writer: SummaryWriter,
        clock: Clock,
        new_id: NewId,
        *,
        at_once: int,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._transactions = transactions
        self._take_in = take_in
        self._writer = writer
        self._clock = clock
        self._new_id = new_id
        self._at_once = at_once
        self._sleep = sleep

    async def __call__(self, tenant: str, batch_id: str, first: int, last: int) -> ItemCounts:
        counts = NOTHING_DONE
        for start in range(first, last, CHUNK):
            done = await self._chunk(tenant, batch_id, start, min(start + CHUNK, last))
            if done is None:
                break
            counts += counts_of(done)
        return counts

    async def _chunk(
        self, tenant: str, batch_id: str, first: int, last: int
    ) -> Sequence[BatchItem] | None:
        """Returns those of the items that were done here; None where the batch is to be left as it is."""
        async with self._transactions.begin(tenant) as transaction:
            batch = await transaction.batches.get(batch_id)
            items = await transaction.batch_items.pending(batch_id, first, last)
        if batch.state.done:
            return None
        return await self._again(lambda: self._do(batch, items)) if items else []

    async def _again(
        self,
        action: Callable[[], Awaitable[T]],
        is_good: Callable[[T], bool] = lambda result: True,
    ) -> T:
        """Does it once more where a part did not answer, which it may do a moment later, or the result is not good."""
        delay = FIRST_DELAY_SECONDS
        for _ in range(ATTEMPTS - 1):
            try:
                if is_good(result := await action()):
                    return result
            except Unavailable as error:
                _log.warning("batch_waits", reason=error.reason)
            await self._sleep(delay)
            delay *= 2
        return await action()

    async def _do(self, batch: Batch, items: Sequence[BatchItem]) -> Sequence[BatchItem]:
        """Returns those of the items that were done here."""
        documents = [item for item in items if item.invoice_id is None]
        taken_in = {item.ordinal: item for item in await self._take_in(batch, documents)}
        items = [taken_in.get(item.ordinal, item) for item in items]
        # In one order, so that no two who do the same items wait for each other.
        invoice_ids = sorted(
            {item.invoice_id for item in items if item.invoice_id and not item.failure_reason}
        )
        outcomes = await self._outcomes(batch, invoice_ids)
        return await self._store(batch, items, outcomes)

    async def _outcomes(self, batch: Batch, invoice_ids: Sequence[str]) -> "_Outcomes":
        wanted = Wanted(
            language_code=batch.language_code, style=batch.style, instruction=batch.instruction
        )
        try:
            origin, provenance = self._writer.intended(wanted)
        except InvoiceSummarizerError as error:
            return _Outcomes(dict.fromkeys(invoice_ids, error.reason))
        async with self._transactions.begin(batch.tenant) as transaction:
            invoices = await transaction.invoices.get_many(invoice_ids)
            there = await transaction.summaries.find_many(
                {
                    each: wanted_identity(invoice.header, wanted, origin, provenance)
                    for each, invoice in invoices.items()
                }
            )
        outcomes = _Outcomes(there=there)
        to_write = [invoices[each] for each in invoices if each not in there]
        written = await side_by_side(
            lambda invoice: self._written(invoice, wanted), to_write, self._at_once
        )
        for invoice, each in zip(to_write, written, strict=True):
            if isinstance(each, str):
                outcomes.failures[invoice.header.id] = each
            else:
                outcomes.new[invoice.header.id] = new_summary(
                    invoice.header, wanted, each, self._new_id(), self._clock()
                )
        return outcomes

    async def _written(self, invoice: StoredInvoice, wanted: Wanted) -> Written | str:
        """Returns the text, or why there can be none."""
        if invoice.reading is None:
            return WrongState.reason
        try:
            return await self._again(
                lambda: self._write(invoice, wanted), lambda written: not _may_be_better(written)
            )
        except InvoiceSummarizerError as error:
            return error.reason
        except Exception as error:
            # One invoice stops no other, whatever it brings about.
            _log.error(
                "summary_crashed",
                invoice=invoice.header.id,
                error=type(error).__name__,
                place=place_of(error),
            )
            return InvoiceSummarizerError.reason

    async def _write(self, invoice: StoredInvoice, wanted: Wanted) -> Written:
        header, reading = invoice.header, invoice.reading
        assert reading is not None, "an invoice without a reading was told apart"
        async with aclosing(
            self._writer.write(header.tenant, reading, header.status, wanted, seconds_left=math.inf)
        ) as pieces:
            async for piece in pieces:
                if isinstance(piece, Written):
                    return piece
        raise AssertionError("a writer ends with what was written")

    async def _store(
        self, batch: Batch, items: Sequence[BatchItem], outcomes: "_Outcomes"
    ) -> Sequence[BatchItem]:
        """Stores summaries, events and items; returns those of the items that nobody else had done."""
        async with self._transactions.begin(batch.tenant) as transaction:
            # An invoice that was deleted meanwhile has no summary.
            held = await transaction.invoices.hold(
                {item.invoice_id for item in items if item.invoice_id is not None}
            )
            new = [outcomes.new[each] for each in sorted(held) if each in outcomes.new]
            stored = await transaction.summaries.add_many(new)
            await transaction.record(
                *(
                    summarized_event(summary, batch.creator, operation_id=batch.id)
                    for summary, asked in zip(stored, new, strict=True)
                    if summary.id == asked.id
                )
            )
            summaries = {each: outcomes.there[each] for each in held if each in outcomes.there}
            summaries |= {summary.invoice_id: summary for summary in stored}
            left = [
                (
                    item.of_deleted_invoice()
                    if item.invoice_id and item.invoice_id not in held
                    else item
                )
                for item in items
            ]
            done = [_done(item, summaries, outcomes.failures) for item in left]
            return await transaction.batch_items.finish(batch.id, done)


def _may_be_better(written: Written) -> bool:
    """Nobody waits for the text, and a model that failed may have room the next moment; a tenant's budget comes later."""
    failed = written.origin is Origin.TEMPLATE_AFTER_FAILURE
    return failed and ModelFailure.BUDGET_SPENT not in written.refusal_reasons


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """By invoice, what it is to have: a summary that was there, a new one, or none for a reason."""

    failures: dict[str, str] = field(default_factory=dict)
    new: dict[str, Summary] = field(default_factory=dict)
    there: Mapping[str, Summary] = field(default_factory=dict)


def _done(
    item: BatchItem, summaries: Mapping[str, Summary], failures: Mapping[str, str]
) -> BatchItem:
    if item.failure_reason is not None:
        return item
    assert item.invoice_id is not None, "a document that is no invoice has failed"
    summary = summaries.get(item.invoice_id)
    if summary is None:
        return item.failed(failures.get(item.invoice_id, NotFound.reason))
    return item.summarized(summary)
