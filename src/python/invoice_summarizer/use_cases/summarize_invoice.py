"""Writes a summary of an invoice that has been read."""

from dataclasses import dataclass

from invoice_reading.reading import Reading
from invoice_summarizer.domain.errors import InvoiceSummarizerError, WrongState
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import InvoiceStatus, status_in_words
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.gate import verify_by_plan
from invoice_summarizer.domain.summarizing.template import summarize_plan
from invoice_summarizer.domain.summary import BoundText, Origin, Provenance, Style, Summary
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.stored_reading import StoredInvoice, StoredReading
from invoice_summarizer.ports.transactions import Transactions

DEFAULT_LANGUAGE = "en"
_ENGINE = "template"


class SummaryRefused(InvoiceSummarizerError):
    """The gate refused the text, and there is none to take its place: a mistake of ours, never of the caller."""

    reason = "SUMMARY_REFUSED"


def write_summary(
    reading: Reading, language_code: str, style: Style, status: InvoiceStatus | None = None
) -> BoundText:
    """Returns a text on the reading that has passed the gate; `status` is that of a stored invoice.

    Raises UnsupportedLanguage, and SummaryRefused where the gate refuses the template.
    """
    language = language_code or DEFAULT_LANGUAGE
    plan = InvoicePlan(reading, status)
    bound = summarize_plan(plan, style, language)
    verification = verify_by_plan(bound, plan, language, style)
    if not verification.accepted:
        codes = ", ".join(sorted({refusal.code for refusal in verification.refusals}))
        raise SummaryRefused(f"the summary could not be bound to the document: {codes}")
    return bound


def summary_of(
    reading: StoredReading, language_code: str, style: Style, status: InvoiceStatus
) -> BoundText:
    """Returns what `write_summary` does of the stored reading."""
    return write_summary(reading.unpacked(), language_code, style, status)


@dataclass(frozen=True, slots=True)
class Summarized:
    summary: Summary
    is_new: bool


class SummarizeInvoice:
    """Returns the stored summary of that state of the invoice, language and style, by this writer.

    Where there is none, one is written, verified and stored. Raises NotFound, UnsupportedLanguage,
    SummaryRefused, and WrongState where the invoice has not been read.
    """

    def __init__(
        self,
        transactions: Transactions,
        work: LongWork,
        clock: Clock,
        new_id: NewId,
        *,
        build: str,
    ) -> None:
        self._transactions = transactions
        self._work = work
        self._clock = clock
        self._new_id = new_id
        self._build = build

    async def __call__(
        self, principal: Principal, invoice_id: str, *, language_code: str, style: Style
    ) -> Summarized:
        async with self._transactions.begin(principal.tenant) as transaction:
            header = await transaction.invoices.header(invoice_id)
            stored = await transaction.summaries.find(
                invoice_id,
                invoice_etag=invoice_etag(header),
                language_code=language_code or DEFAULT_LANGUAGE,
                style=style,
                engine=_ENGINE,
                build=self._build,
            )
            if stored is not None:
                return Summarized(stored, is_new=False)
            invoice = await transaction.invoices.get(invoice_id)
        summary = await self._summary(invoice, language_code or DEFAULT_LANGUAGE, style)
        async with self._transactions.begin(principal.tenant) as transaction:
            # Raises NotFound where the invoice was deleted while the text was written.
            stored = await transaction.summaries.add(summary)
            if stored.id != summary.id:
                return Summarized(stored, is_new=False)  # somebody else was faster
            await transaction.record(
                Event(
                    kind=EventKind.INVOICE_SUMMARIZED,
                    actor=principal.subject,
                    time=summary.create_time,
                    invoice_id=invoice_id,
                    changed=(summary.id,),
                )
            )
        return Summarized(summary, is_new=True)

    async def _summary(self, invoice: StoredInvoice, language_code: str, style: Style) -> Summary:
        header, reading = invoice.header, invoice.reading
        if reading is None:
            raise WrongState(
                f"the invoice {status_in_words(header.status)}, and cannot be summarized",
                metadata={"status": header.status},
            )
        bound = await self._work(
            header.tenant, reading, summary_of, language_code, style, header.status
        )
        return Summary(
            id=self._new_id(),
            tenant=header.tenant,
            invoice_id=header.id,
            text=bound.text,
            language_code=language_code,
            style=style,
            origin=Origin.TEMPLATE,
            claims=bound.claims,
            refusal_reasons=(),
            provenance=Provenance(engine=_ENGINE, build=self._build),
            create_time=self._clock(),
            invoice_etag=invoice_etag(header),
        )
