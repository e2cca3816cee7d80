"""A person corrects what was read."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from invoice_reading.annotation import HumanEdit
from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.domain.check_change import CheckChange, check_changes
from invoice_summarizer.domain.corrected_reading import Change, CorrectedReading, corrected_reading
from invoice_summarizer.domain.correction import Correction, corrected_content
from invoice_summarizer.domain.duplicates import with_duplicates
from invoice_summarizer.domain.errors import StaleVersion, WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus, read_as, status_in_words
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions

ATTEMPTS = 3
_CORRECTABLE = frozenset({InvoiceStatus.READY, InvoiceStatus.REVIEW_PENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedInvoice:
    invoice: Invoice
    changes: tuple[Change, ...]
    check_changes: tuple[CheckChange, ...]
    status_before: InvoiceStatus


class CorrectInvoice:
    """Returns the invoice with the corrections in it, checked again, and what that changed; all of them, or none.

    A corrected value has the caller as its evidence, and what the document says as a candidate; all other values keep
    theirs. The invoice becomes ready or waits for review as the checks say.

    No lock is held while the corrections are worked out: where the invoice changes meanwhile, they are worked out on
    what it has become, ATTEMPTS times at most.

    Raises NotFound; StaleVersion where the etag is not the current one, or others change the invoice all the time;
    WrongState where it is neither ready nor waiting, or of a later version; InvalidInput as `corrected_content` does.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(
        self,
        principal: Principal,
        invoice_id: str,
        *,
        corrections: Sequence[Correction],
        etag: str = "",
    ) -> CorrectedInvoice:
        for attempt in range(1, ATTEMPTS + 1):
            async with self._transactions.begin(principal.tenant) as transaction:
                invoice = await transaction.invoices.get(invoice_id)
            require_etag(invoice, etag)
            if invoice.status not in _CORRECTABLE or invoice.reading is None:
                raise WrongState(
                    f"the invoice {status_in_words(invoice.status)}, and cannot be corrected",
                    metadata={"status": invoice.status},
                )
            if invoice.reading.form is DocumentForm.OTHER:
                raise WrongState(
                    "a later version of the program has read the invoice, and has to correct it"
                )
            now = self._clock()
            edit = HumanEdit(actor=principal.subject, time=now)
            corrected = await asyncio.to_thread(_corrected, invoice.reading, corrections, edit)
            try:
                changed = await self._store(invoice, corrected.reading, corrections, edit)
            except StaleVersion:
                if attempt == ATTEMPTS:
                    raise
            else:
                return CorrectedInvoice(
                    invoice=changed,
                    changes=corrected.changes,
                    check_changes=check_changes(invoice.reading, corrected.reading),
                    status_before=invoice.status,
                )
        raise AssertionError("the last attempt returns or raises")

    async def _store(
        self,
        before: Invoice,
        reading: Reading,
        corrections: Sequence[Correction],
        edit: HumanEdit,
    ) -> Invoice:
        async with self._transactions.begin(before.tenant) as transaction:
            # The invoice before its number, as everybody does, so that no two wait for each other.
            await transaction.invoices.header(before.id, lock=True)
            duplicates = await transaction.invoices.duplicates(before, reading.content)
            invoice = read_as(before, with_duplicates(reading, duplicates), edit.time)
            await transaction.invoices.put_reading(invoice)
            await transaction.record(
                Event(
                    kind=EventKind.INVOICE_CORRECTED,
                    actor=edit.actor,
                    time=edit.time,
                    invoice_id=invoice.id,
                    changed=tuple(correction.field_path for correction in corrections),
                )
            )
        return invoice


def _corrected(
    reading: Reading, corrections: Sequence[Correction], edit: HumanEdit
) -> CorrectedReading:
    return corrected_reading(reading, corrected_content(reading.content, corrections), edit)
