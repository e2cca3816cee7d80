"""A person corrects what was read."""

from collections.abc import Sequence
from dataclasses import replace

from en16931.field_path import FieldPathError, leaf_type, replaced, value_at
from en16931.model import InvoiceContent
from invoice_reading.annotation import HumanEdit
from invoice_reading.check.judgement import CONTENT_RULES, judge
from invoice_reading.reading import Reading
from invoice_summarizer.domain.correction import corrected_annotations
from invoice_summarizer.domain.errors import InvalidInput, WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus, read_as
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
        now = self._clock()
        async with self._transactions.begin(principal.tenant) as transaction:
            header = await transaction.invoices.header(invoice_id, lock=True)
            require_etag(header, etag)
            if header.status not in _CORRECTABLE:
                raise WrongState(
                    f"an invoice that is {header.status} cannot be corrected",
                    metadata={"status": header.status},
                )
            invoice = await transaction.invoices.get(invoice_id)
            assert invoice.reading is not None, "an invoice that can be corrected was read"
            edit = HumanEdit(actor=principal.subject, time=now)
            reading = corrected_reading(invoice.reading, corrections, paths, edit)
            corrected = read_as(invoice, reading, now)
            await transaction.invoices.put_reading(corrected)
            await transaction.record(
                Event(
                    kind=EventKind.INVOICE_CORRECTED,
                    actor=principal.subject,
                    time=now,
                    invoice_id=invoice_id,
                    changed=tuple(paths),
                )
            )
        return corrected


def corrected_reading(
    reading: Reading, corrections: InvoiceContent, paths: Sequence[str], edit: HumanEdit
) -> Reading:
    """Returns the reading with each of the paths as in `corrections`, checked again. Raises InvalidInput."""
    content = reading.content
    for path in paths:
        try:
            content = replaced(content, path, _value(corrections, path))
        except FieldPathError as error:
            raise InvalidInput(
                "the path names no field of the content",
                field="update_mask",
                reason="UNKNOWN_FIELD",
            ) from error
    annotations = corrected_annotations(reading.content, reading.annotations, content, paths, edit)
    before = reading.completeness
    judgement = judge(
        reading.form,
        content,
        annotations,
        # What the document itself shows (hidden text, page against XML) stays as it was found.
        [finding for finding in reading.findings if finding.rule_id not in CONTENT_RULES],
        rows_seen=len(content.lines) if _touches_lines(paths) else before.rows_seen,
        pages=before.pages,
        pages_read=before.pages_read,
    )
    return replace(
        reading,
        content=content,
        annotations=annotations,
        findings=judgement.findings,
        completeness=judgement.completeness,
        review_reasons=judgement.review_reasons,
    )


def _value(corrections: InvoiceContent, path: str) -> object:
    """Returns what stands at the path; a list within a group that is absent is as empty as one that is there."""
    value = value_at(corrections, path)
    return () if value is None and leaf_type(path) is tuple else value


def _touches_lines(paths: Sequence[str]) -> bool:
    return any(path == "lines" or path.startswith("lines[") for path in paths)
