"""A person corrects what was read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from en16931.field_path import FieldPathError, Leaf, leaf_type, leaves, replaced, value_at
from en16931.model import InvoiceContent
from en16931.sums import check_sums
from invoice_summarizer.domain.annotation import FieldAnnotation, FieldStatus, HumanEdit
from invoice_summarizer.domain.checking.certificate import certify
from invoice_summarizer.domain.checking.line_sum import LINE_SUM_RULE, check_line_sum
from invoice_summarizer.domain.decision import review_reasons
from invoice_summarizer.domain.errors import InvalidInput, WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions

_CORRECTABLE = frozenset({InvoiceStatus.READY, InvoiceStatus.REVIEW_PENDING})


class CorrectInvoice:
    """Returns the invoice with each of the paths as in `corrections`, checked again.

    Every corrected value has the caller as its evidence; all other values keep theirs. A field that is absent in
    `corrections` is cleared. The invoice becomes ready or waits for review as the checks say.

    Raises NotFound, StaleVersion, WrongState where it is neither ready nor waiting, InvalidInput where a path is none.
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
    annotations = _annotations(
        invoice.annotations, content, paths, HumanEdit(actor=actor, time=now)
    )
    # What the document itself shows (hidden text, page against XML) stays as it was found.
    sums = (*check_sums(content), *check_line_sum(content))
    sum_rules = {finding.rule_id for finding in sums} | {LINE_SUM_RULE}
    kept = tuple(finding for finding in invoice.findings if finding.rule_id not in sum_rules)
    findings = (*kept, *sums)
    before = invoice.completeness
    assert before is not None and invoice.form is not None, "a read invoice has both"
    completeness = certify(
        content,
        findings,
        rows_seen=len(content.lines) if _touches_lines(paths) else before.rows_seen,
        pages=before.pages,
        pages_read=before.pages_read,
    )
    reasons = review_reasons(invoice.form, content, annotations, findings, completeness)
    status = InvoiceStatus.REVIEW_PENDING if reasons else InvoiceStatus.READY
    return replace(
        invoice,
        status=status,
        content=content,
        annotations=annotations,
        findings=findings,
        completeness=completeness,
        review_reasons=reasons,
        update_time=now,
        version=invoice.version + 1,
    )


def _value(corrections: InvoiceContent, path: str) -> object:
    """Returns what stands at the path; a list within a group that is absent is as empty as one that is there."""
    value = value_at(corrections, path)
    return () if value is None and leaf_type(path) is tuple else value


def _annotations(
    before: Mapping[str, FieldAnnotation],
    content: InvoiceContent,
    paths: Sequence[str],
    edit: HumanEdit,
) -> dict[str, FieldAnnotation]:
    values: dict[str, Leaf] = dict(leaves(content))
    kept = {path: known for path, known in before.items() if not _below_any(path, paths)}
    edited = {
        path: FieldAnnotation(
            status=FieldStatus.PRESENT, raw_text=_text(value), confidence=1.0, evidence=(edit,)
        )
        for path, value in values.items()
        if _below_any(path, paths)
    }
    return {**kept, **edited}


def _text(value: Leaf) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _below_any(path: str, parents: Sequence[str]) -> bool:
    return any(
        path == parent or (path.startswith(parent) and path[len(parent)] in ".[")
        for parent in parents
    )


def _touches_lines(paths: Sequence[str]) -> bool:
    return any(path == "lines" or path.startswith("lines[") for path in paths)
