"""Reads an invoice's document and writes its summaries once more, and says what is not as it is stored."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from invoice_reading.errors import DocumentUnreadable
from invoice_reading.reading import Reading
from invoice_summarizer.domain.document_task import DocumentTask
from invoice_summarizer.domain.errors import InvoiceSummarizerError, Unavailable
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.operation import Operation, OperationFailure
from invoice_summarizer.domain.replay import (
    SUMMARIES_LIMIT,
    TEXT_LIMIT,
    ReadingComparison,
    ReplayedSummary,
    ReplayOutcome,
    ReplayVerdict,
    compared_readings,
    same_text,
)
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summary import BoundText, Origin, Summary
from invoice_summarizer.ports.document_reader import DocumentReader
from invoice_summarizer.ports.language_model import ModelFailure
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.object_store import ObjectStore
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted, written_by_plan

_LATE = frozenset({ModelFailure.TOO_SLOW, ModelFailure.DEADLINE_TOO_SHORT})
_MOST_BYTES = 4 * 1024 * 1024  # of the summaries
# For all answers of the model: nobody else has the worker's place meanwhile.
MODEL_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The text that is written now, or why there is none."""

    text: BoundText | None
    reasons: tuple[str, ...] = ()


class ReplayInvoice:
    """Returns the outcome of a replay; nothing is stored.

    What the document gives now is held against the stored reading, and what the stored reading gives now against each
    stored summary: where all are equal, the document gives the same summaries still. A summary of an earlier state of
    the invoice is not written again, since that state is not there any more; nor is a model's where none is configured,
    or for which none of the MODEL_SECONDS is left. Raises NotFound, DocumentUnreadable, ObjectNotFound, ObjectCorrupt,
    Unavailable.
    """

    def __init__(
        self,
        transactions: Transactions,
        objects: ObjectStore,
        reader: DocumentReader,
        work: LongWork,
        writer: SummaryWriter,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transactions = transactions
        self._objects = objects
        self._reader = reader
        self._work = work
        self._writer = writer
        self._clock = clock

    async def __call__(self, operation: Operation) -> ReplayOutcome:
        tenant, invoice_id = operation.tenant, operation.invoice_id
        assert invoice_id is not None, "an operation that reads a document has an invoice"
        async with self._transactions.begin(tenant) as transaction:
            invoice = await transaction.invoices.get(invoice_id)
            page = await transaction.summaries.page(
                invoice_id, after=None, limit=SUMMARIES_LIMIT + 1, max_bytes=_MOST_BYTES
            )
        assert invoice.reading is not None, "a replay is asked for of what has been read"
        task = DocumentTask.of(operation.payload)
        data = await self._objects.get(tenant, task.sha256)
        read = await self._reader.read(data, task.media_type, whose=tenant)
        part = invoice.header.part
        if part > len(read):
            raise DocumentUnreadable(
                "the document is read as fewer invoices now", reason=OperationFailure.PART_NOT_FOUND
            )
        reading = await self._work(
            tenant, read[part - 1], compared, invoice.reading, self._transactions.storable
        )
        summaries = await self._work(tenant, page.summaries, newest)
        etag = invoice_etag(invoice.header)
        return ReplayOutcome(
            invoice_etag=etag,
            build=self._writer.build,
            reading=reading,
            summaries=tuple(
                [
                    each
                    async for each in self._replayed(
                        summaries, tenant, invoice.reading, invoice.header.status, etag
                    )
                ]
            ),
            more_summaries=len(page.places) > len(summaries),
        )

    async def _replayed(
        self,
        summaries: Sequence[Summary],
        tenant: str,
        reading: StoredReading,
        status: InvoiceStatus,
        etag: str,
    ) -> AsyncIterator[ReplayedSummary]:
        by_templates = [
            each
            for each in summaries
            if each.invoice_etag == etag and each.origin is not Origin.MODEL
        ]
        wanted = [_wanted(each) for each in by_templates]
        texts = await self._work(tenant, reading, rewritten, wanted, status)
        of_templates = {each.id: text for each, text in zip(by_templates, texts, strict=True)}
        deadline = self._clock() + MODEL_SECONDS
        for summary in summaries:
            writer = self._writer.writer_of(summary.origin)
            if summary.invoice_etag != etag:
                yield _left_out(summary, ReplayVerdict.EARLIER_STATE, writer)
            elif writer is None:
                yield _left_out(summary, ReplayVerdict.MODEL_NOT_CONFIGURED, writer)
            else:
                again = of_templates.get(summary.id) or await self._by_model(
                    summary, tenant, reading, status, deadline
                )
                yield (
                    _judged(summary, again, writer)
                    if again is not None
                    else _left_out(summary, ReplayVerdict.OUT_OF_TIME, writer)
                )

    async def _by_model(
        self,
        summary: Summary,
        tenant: str,
        reading: StoredReading,
        status: InvoiceStatus,
        deadline: float,
    ) -> Rewritten | None:
        """Returns what the model writes now; None where the time was over before."""
        seconds_left = deadline - self._clock()
        if seconds_left <= 0:
            return None
        try:
            written = await self._writer.written(
                tenant, reading, status, _wanted(summary), seconds_left=seconds_left
            )
        except Unavailable:
            raise
        except InvoiceSummarizerError as error:
            return Rewritten(None, (error.reason,))
        if written.origin is not Origin.MODEL:
            was_late = not _LATE.isdisjoint(written.refusal_reasons)
            if was_late and self._clock() >= deadline:
                return None
            return Rewritten(None, written.refusal_reasons)
        return Rewritten(written.text)


def compared(
    read: Packed[Reading], stored: StoredReading, store: Callable[[Reading], StoredReading]
) -> ReadingComparison:
    """Returns what differs of a document that was read again, as it would be stored."""
    return compared_readings(stored.unpacked(), store(read.unpacked()).unpacked())


def newest(summaries: Packed[Sequence[Summary]]) -> Sequence[Summary]:
    return summaries.unpacked()[:SUMMARIES_LIMIT]


def rewritten(
    reading: StoredReading, wanted: Sequence[Wanted], status: InvoiceStatus
) -> list[Rewritten]:
    """Returns what the templates write of the stored reading now, by one plan."""
    if not wanted:
        return []
    plan = InvoicePlan(reading.unpacked(), status)
    return [_by_plan(plan, each) for each in wanted]


def _by_plan(plan: InvoicePlan, wanted: Wanted) -> Rewritten:
    try:
        return Rewritten(written_by_plan(plan, wanted.language_code, wanted.style))
    except InvoiceSummarizerError as error:
        return Rewritten(None, (error.reason,))


def _wanted(summary: Summary) -> Wanted:
    return Wanted(
        language_code=summary.language_code,
        style=summary.style,
        instruction=summary.instruction,
    )


def _left_out(
    summary: Summary, verdict: ReplayVerdict, writer: tuple[str, ...] | None
) -> ReplayedSummary:
    return ReplayedSummary(
        summary_id=summary.id,
        verdict=verdict,
        same_writer=summary.provenance.writer == writer,
    )


def _judged(summary: Summary, again: Rewritten, writer: tuple[str, ...]) -> ReplayedSummary:
    old = BoundText(text=summary.text, claims=summary.claims)
    is_same = again.text is not None and same_text(old, again.text)
    failed = again.text is None and summary.origin is Origin.MODEL
    return ReplayedSummary(
        summary_id=summary.id,
        verdict=(
            ReplayVerdict.MODEL_FAILED
            if failed
            else ReplayVerdict.EQUAL if is_same else ReplayVerdict.DIFFERENT
        ),
        same_writer=summary.provenance.writer == writer,
        reasons=again.reasons,
        old_text="" if is_same else old.text[:TEXT_LIMIT],
        new_text=again.text.text[:TEXT_LIMIT] if again.text and not is_same else "",
    )
