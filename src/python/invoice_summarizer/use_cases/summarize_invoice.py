"""Writes a summary of an invoice that has been read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from en16931.finding import Finding
from en16931.model import InvoiceContent
from invoice_reading.annotation import FieldAnnotation
from invoice_summarizer.domain.errors import InvoiceSummarizerError, WrongState
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summarizing.template import summarize_by_template
from invoice_summarizer.domain.summary import BoundText, Origin, Provenance, Style, Summary
from invoice_summarizer.ports.clock import Clock, NewId
from invoice_summarizer.ports.transactions import Transactions

DEFAULT_LANGUAGE = "en"
_READ = frozenset(InvoiceStatus) - {
    InvoiceStatus.RECEIVED,
    InvoiceStatus.PROCESSING,
    InvoiceStatus.FAILED,
}


class SummaryRefused(InvoiceSummarizerError):
    """The gate refused the text, and there is none to take its place: a mistake of ours, never of the caller."""

    reason = "SUMMARY_REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summarizable:
    """What a summary speaks of."""

    content: InvoiceContent
    annotations: Mapping[str, FieldAnnotation]
    findings: Sequence[Finding]
    review_reasons: Sequence[str]


def write_summary(subject: Summarizable, language_code: str, style: Style) -> BoundText:
    """Returns a text that has passed the gate.

    Raises UnsupportedLanguage, and SummaryRefused where the gate refuses the template.
    """
    language = language_code or DEFAULT_LANGUAGE
    bound = summarize_by_template(
        subject.content,
        subject.annotations,
        subject.findings,
        subject.review_reasons,
        style,
        language,
    )
    verification = verify_summary(
        bound, subject.content, subject.annotations, subject.findings, language
    )
    if not verification.accepted:
        codes = ", ".join(sorted({refusal.code for refusal in verification.refusals}))
        raise SummaryRefused(f"the summary could not be bound to the document: {codes}")
    return bound


class SummarizeInvoice:
    """Writes, verifies and stores a summary; returns it.

    Raises NotFound, WrongState where the invoice has not been read, UnsupportedLanguage.
    """

    def __init__(
        self, transactions: Transactions, clock: Clock, new_id: NewId, *, build: str
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._new_id = new_id
        self._build = build

    async def __call__(
        self, principal: Principal, invoice_id: str, *, language_code: str, style: Style
    ) -> Summary:
        async with self._transactions.begin(principal.tenant) as transaction:
            invoice = await transaction.invoices.get(invoice_id)
        summary = self._summary(invoice, language_code or DEFAULT_LANGUAGE, style)
        async with self._transactions.begin(principal.tenant) as transaction:
            # It may have been deleted while the text was written.
            await transaction.invoices.get(invoice_id, lock=True)
            await transaction.summaries.add(summary)
            await transaction.audit.append(
                principal.subject, "invoice.summarized", f"invoices/{invoice_id}"
            )
        return summary

    def _summary(self, invoice: Invoice, language_code: str, style: Style) -> Summary:
        if invoice.status not in _READ:
            # What an earlier reading left is not what the document says now.
            raise WrongState("the invoice has not been read", metadata={"status": invoice.status})
        bound = write_summary(
            Summarizable(
                content=invoice.content,
                annotations=invoice.annotations,
                findings=invoice.findings,
                review_reasons=invoice.review_reasons,
            ),
            language_code,
            style,
        )
        return Summary(
            id=self._new_id(),
            tenant=invoice.tenant,
            invoice_id=invoice.id,
            text=bound.text,
            language_code=language_code,
            style=style,
            origin=Origin.TEMPLATE,
            claims=bound.claims,
            refusal_reasons=(),
            provenance=Provenance(engine="template", build=self._build),
            create_time=self._clock(),
            invoice_etag=invoice_etag(invoice),
        )
