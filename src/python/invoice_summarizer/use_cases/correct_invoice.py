"""A person corrects what was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from invoice_reading.annotation import HumanEdit
from invoice_reading.reading import DocumentForm, Reading
from invoice_summarizer.domain.check_change import CheckChange, check_changes
from invoice_summarizer.domain.corrected_reading import Change, corrected_reading
from invoice_summarizer.domain.correction import Correction, corrected_content
from invoice_summarizer.domain.errors import StaleVersion, WrongState
from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import (
    InvoiceHeader,
    InvoiceStatus,
    read_as,
    status_in_words,
)
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transactions

ATTEMPTS = 3
CHANGES_TOLD = 1_000
_CORRECTABLE = frozenset({InvoiceStatus.READY, InvoiceStatus.REVIEW_PENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedInvoice:
    header: InvoiceHeader
    changes: tuple[Change, ...]  # the first CHANGES_TOLD
    change_count: int  # of all of them
    check_changes: tuple[CheckChange, ...]
    status_before: InvoiceStatus


class CorrectInvoice:
    """Returns the invoice with the corrections in it, checked again, and what that changed; all of them, or none.

    A corrected value has the caller as its evidence, and what the document says as a candidate; all other values keep
    theirs. The invoice becomes ready or waits for review as the checks say, and waits where it wants a second look.
    `comment` is why it was corrected, and stands in the event.

    No lock is held while the corrections are worked out: where the invoice changes meanwhile, they are worked out on
    what it has become, ATTEMPTS times at most.

    Raises NotFound; StaleVersion where the etag is not the current one, or others change the invoice all the time;
    WrongState where it is neither ready nor waiting, or of a later version; InvalidInput as `corrected_content` does.
    """

    def __init__(self, transactions: Transactions, work: LongWork, clock: Clock) -> None:
        self._transactions = transactions
        self._work = work
        self._clock = clock

    async def __call__(
        self,
        principal: Principal,
        invoice_id: str,
        *,
        corrections: Sequence[Correction],
        etag: str = "",
        comment: str = "",
    ) -> CorrectedInvoice:
        for attempt in range(1, ATTEMPTS + 1):
            async with self._transactions.begin(principal.tenant) as transaction:
                invoice = await transaction.invoices.get(invoice_id)
            header, reading = invoice.header, invoice.reading
            require_etag(header, etag)
            if header.status not in _CORRECTABLE or reading is None:
                raise WrongState(
                    f"the invoice {status_in_words(header.status)}, and cannot be corrected",
                    metadata={"status": header.status},
                )
            if reading.form is DocumentForm.OTHER:
                raise WrongState(
                    "a later version of the program has read the invoice, and has to correct it"
                )
            edit = HumanEdit(actor=principal.subject, time=self._clock())
            done = await self._work(
                header.tenant, reading, corrected, corrections, edit, self._transactions.storable
            )
            try:
                changed = await self._store(header, done.reading, corrections, edit, comment)
            except StaleVersion:
                if attempt == ATTEMPTS:
                    raise
            else:
                return CorrectedInvoice(
                    header=changed,
                    changes=done.changes,
                    change_count=done.change_count,
                    check_changes=done.check_changes,
                    status_before=header.status,
                )
        raise AssertionError("the last attempt returns or raises")

    async def _store(
        self,
        before: InvoiceHeader,
        reading: StoredReading,
        corrections: Sequence[Correction],
        edit: HumanEdit,
        comment: str,
    ) -> InvoiceHeader:
        async with self._transactions.begin(before.tenant) as transaction:
            # The invoice before its number, as everybody does, so that no two wait for each other.
            await transaction.invoices.header(before.id, lock=True)
            duplicates = await transaction.invoices.duplicates(before, reading.identity)
            needs_review = reading.needs_review or bool(duplicates)
            header = read_as(before, edit.time, needs_review=needs_review)
            await transaction.invoices.put_reading(header, reading, duplicates)
            await transaction.record(
                Event(
                    kind=EventKind.INVOICE_CORRECTED,
                    actor=edit.actor,
                    time=edit.time,
                    invoice_id=header.id,
                    changed=tuple(correction.field_path for correction in corrections),
                    comment=comment.strip() or None,
                )
            )
        return header


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What corrections make of a reading, ready to be stored, and what they changed."""

    reading: StoredReading
    changes: tuple[Change, ...]  # the first CHANGES_TOLD
    change_count: int
    check_changes: tuple[CheckChange, ...]


def corrected(
    stored: StoredReading,
    corrections: Sequence[Correction],
    edit: HumanEdit,
    storable: Callable[[Reading], StoredReading],
) -> Corrected:
    """Raises InvalidInput as `corrected_content` does."""
    before = stored.unpacked()
    after = corrected_reading(before, corrected_content(before.content, corrections), edit)
    return Corrected(
        reading=storable(after.reading),
        changes=after.changes[:CHANGES_TOLD],
        change_count=len(after.changes),
        check_changes=check_changes(before, after.reading),
    )
