"""Writes a summary of an invoice that has been read."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from invoice_summarizer.domain.errors import WrongState
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceHeader, status_in_words
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.summary import (
    BoundText,
    Origin,
    Provenance,
    Summary,
    SummaryIdentity,
)
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.stored_reading import StoredInvoice, StoredReading
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted, Written


@dataclass(frozen=True, slots=True)
class Summarized:
    """`written` says how this call wrote a text; None where it had none to write.

    It is not new where there was one already: also where a model failed as it had before, or somebody was faster.
    """

    summary: Summary
    written: Written | None
    is_new: bool


class SummarizeInvoice:
    """Returns the stored summary of that state of the invoice, language, style and instruction, by this writer.

    Where there is none, one is written, verified and stored. Raises NotFound, UnsupportedLanguage, SummaryRefused,
    InstructionNeedsModel, and WrongState where the invoice has not been read.
    """

    def __init__(
        self, transactions: Transactions, writer: SummaryWriter, clock: Clock, new_id: NewId
    ) -> None:
        self._transactions = transactions
        self._writer = writer
        self._clock = clock
        self._new_id = new_id

    async def __call__(
        self, principal: Principal, invoice_id: str, wanted: Wanted, *, seconds_left: float
    ) -> Summarized:
        async with aclosing(
            self.stream(principal, invoice_id, wanted, seconds_left=seconds_left)
        ) as pieces:
            async for piece in pieces:
                if isinstance(piece, Summarized):
                    return piece
        raise AssertionError("a summary ends with what was stored")

    async def stream(
        self, principal: Principal, invoice_id: str, wanted: Wanted, *, seconds_left: float
    ) -> AsyncGenerator[BoundText | Summarized, None]:
        """Yields what each sentence adds to the text as soon as it stands, and what is stored last.

        Where a model fails in the midst, the text that is stored does not begin with what came before.
        """
        stored, invoice = await self._stored(principal, invoice_id, wanted)
        if stored is not None:
            yield BoundText(text=stored.text, claims=stored.claims)
            yield Summarized(stored, None, is_new=False)
            return
        header, reading = invoice.header, _read(invoice)
        async with aclosing(
            self._writer.write(
                header.tenant, reading, header.status, wanted, seconds_left=seconds_left
            )
        ) as pieces:
            async for piece in pieces:
                if isinstance(piece, Written):
                    yield await self._store(principal, header, wanted, piece)
                else:
                    yield piece

    async def _stored(
        self, principal: Principal, invoice_id: str, wanted: Wanted
    ) -> tuple[Summary | None, StoredInvoice]:
        origin, provenance = self._writer.intended(wanted)
        async with self._transactions.begin(principal.tenant) as transaction:
            header = await transaction.invoices.header(invoice_id)
            identity = wanted_identity(header, wanted, origin, provenance)
            stored = await transaction.summaries.find(invoice_id, identity)
            if stored is not None:
                return stored, StoredInvoice(header, None)
            return None, await transaction.invoices.get(invoice_id)

    async def _store(
        self, principal: Principal, header: InvoiceHeader, wanted: Wanted, written: Written
    ) -> Summarized:
        summary = new_summary(header, wanted, written, self._new_id(), self._clock())
        async with self._transactions.begin(principal.tenant) as transaction:
            # Raises NotFound where the invoice was deleted while the text was written.
            stored = await transaction.summaries.add(summary)
            if stored.id != summary.id:
                return Summarized(stored, written, is_new=False)
            await transaction.record(summarized_event(summary, principal.subject))
        return Summarized(summary, written, is_new=True)


def wanted_identity(
    header: InvoiceHeader, wanted: Wanted, origin: Origin, provenance: Provenance
) -> SummaryIdentity:
    """Returns by what a summary is known that need not be written again."""
    return SummaryIdentity(
        invoice_etag=invoice_etag(header),
        language_code=wanted.language_code,
        style=wanted.style,
        instruction=wanted.instruction,
        origin=origin,
        writer=provenance.writer,
    )


def new_summary(
    header: InvoiceHeader, wanted: Wanted, written: Written, summary_id: str, now: datetime
) -> Summary:
    return Summary(
        id=summary_id,
        tenant=header.tenant,
        invoice_id=header.id,
        text=written.text.text,
        language_code=wanted.language_code,
        style=wanted.style,
        instruction=wanted.instruction,
        origin=written.origin,
        claims=written.text.claims,
        refusal_reasons=written.refusal_reasons,
        refused_answer=written.refused_answer,
        provenance=written.provenance,
        create_time=now,
        invoice_etag=invoice_etag(header),
    )


def summarized_event(summary: Summary, actor: str, *, operation_id: str | None = None) -> Event:
    return Event(
        kind=EventKind.INVOICE_SUMMARIZED,
        actor=actor,
        time=summary.create_time,
        invoice_id=summary.invoice_id,
        operation_id=operation_id,
        changed=(summary.id,),
    )


def _read(invoice: StoredInvoice) -> StoredReading:
    if invoice.reading is None:
        raise WrongState(
            f"the invoice {status_in_words(invoice.header.status)}, and cannot be summarized",
            metadata={"status": invoice.header.status},
        )
    return invoice.reading
