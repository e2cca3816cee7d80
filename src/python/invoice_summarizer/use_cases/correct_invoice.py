"""A person corrects what was read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from en16931.field_path import FieldPathError, leaf_type, replaced, value_at
from en16931.model import InvoiceContent
from invoice_reading.annotation import HumanEdit
from invoice_reading.check.judgement import CONTENT_RULES, judge
from invoice_summarizer.domain.correction import corrected_annotations
from invoice_summarizer.domain.errors import InvalidInput, WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions

PATHS_LIMIT = 1_000
_CORRECTABLE = frozenset({InvoiceStatus.READY, InvoiceStatus.REVIEW_PENDING})


class CorrectInvoice:
    """Returns the invoice with each of the paths as in `corrections`, checked again.

    A corrected value has the caller as its evidence, and what the document says as a candidate; all other values keep
    theirs. A field that is absent in `corrections` is cleared. The invoice becomes ready or waits for review as the
    checks say.

    Raises NotFound, StaleVersion, WrongState where it is neither ready nor waiting, InvalidInput where a path is
    none or there are more than PATHS_LIMIT.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(
        self,
        principal: Principal,
        invoice_id: str,
        *,
        corrections: InvoiceContent,
        paths: Sequence[str],
        etag: str = "",
    ) -> Invoice:
        if len(paths) > PATHS_LIMIT:
            raise InvalidInput(
                f"the mask names more than {PATHS_LIMIT} fields",
                field="update_mask",
                reason="INVALID_FIELD_MASK",
            )
        async with self._transactions.begin(principal.tenant) as transaction:
            invoice = await transaction.invoices.get(invoice_id, lock=True)
            require_etag(invoice, etag)
            if invoice.status not in _CORRECTABLE:
                raise WrongState(
                    f"an invoice that is {invoice.status} cannot be corrected",
                    metadata={"status": invoice.status},
                )
            corrected = _corrected(invoice, corrections, paths, principal.subject, self._clock())
            await transaction.invoices.replace(corrected)
            await transaction.audit.append(
                principal.subject,
                "invoice.corrected",
                f"invoices/{invoice_id}",
                details=",".join(paths),
            )
        return corrected


def _corrected(
    invoice: Invoice,
    corrections: InvoiceContent,
    paths: Sequence[str],
    actor: str,
    now: datetime,
) -> Invoice:
    content = invoice.content
    for path in paths:
        try:
            content = replaced(content, path, _value(corrections, path))
        except FieldPathError as error:
            raise InvalidInput(
                "the path names no field of the content",
                field="update_mask",
                reason="UNKNOWN_FIELD",
            ) from error
    annotations = corrected_annotations(
        invoice.content, invoice.annotations, content, paths, HumanEdit(actor=actor, time=now)
    )
    before = invoice.completeness
    assert before is not None and invoice.form is not None, "a read invoice has both"
    judgement = judge(
        invoice.form,
        content,
        annotations,
        # What the document itself shows (hidden text, page against XML) stays as it was found.
        [finding for finding in invoice.findings if finding.rule_id not in CONTENT_RULES],
        rows_seen=len(content.lines) if _touches_lines(paths) else before.rows_seen,
        pages=before.pages,
        pages_read=before.pages_read,
    )
    status = InvoiceStatus.REVIEW_PENDING if judgement.review_reasons else InvoiceStatus.READY
    return replace(
        invoice,
        status=status,
        content=content,
        annotations=annotations,
        findings=judgement.findings,
        completeness=judgement.completeness,
        review_reasons=judgement.review_reasons,
        update_time=now,
        version=invoice.version + 1,
    )


def _value(corrections: InvoiceContent, path: str) -> object:
    """Returns what stands at the path; a list within a group that is absent is as empty as one that is there."""
    value = value_at(corrections, path)
    return () if value is None and leaf_type(path) is tuple else value


def _touches_lines(paths: Sequence[str]) -> bool:
    return any(path == "lines" or path.startswith("lines[") for path in paths)
