"""A person's decision is the next version of the invoice, and is taken once."""

import asyncio
from dataclasses import replace

import pytest

from invoice_reading.review_reason import ReviewCode, ReviewReason
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.errors import InvalidInput, NotFound, StaleVersion, WrongState
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.use_cases.decide_review import (
    ApproveInvoice,
    RejectInvoice,
    ReopenInvoice,
)
from storage_samples import LONG_AGO, add_invoice, read_invoice

REVIEWER = Principal(subject="rita", tenant="acme", roles=frozenset({Role.REVIEWER}))
INVOICE = read_invoice(1)
DECISIONS = pytest.mark.parametrize(
    ("decide", "status", "kind"),
    [
        (ApproveInvoice, InvoiceStatus.APPROVED, EventKind.INVOICE_APPROVED),
        (RejectInvoice, InvoiceStatus.REJECTED, EventKind.INVOICE_REJECTED),
    ],
)
DECIDABLE = (InvoiceStatus.READY, InvoiceStatus.REVIEW_PENDING)

Decide = type[ApproveInvoice] | type[RejectInvoice]


async def stored(invoice: Invoice = INVOICE) -> MemoryStore:
    store = MemoryStore()
    async with MemoryTransactions(store).begin(invoice.tenant) as transaction:
        await add_invoice(transaction, invoice)
    return store


def invoice_in(store: MemoryStore) -> Invoice:
    [(_, invoice)] = store.committed.invoices.items()
    return invoice


@DECISIONS
@pytest.mark.parametrize("before", DECIDABLE)
async def test_decision_is_the_next_version_and_leaves_the_reading_as_it_is(
    decide: Decide, status: InvoiceStatus, kind: EventKind, before: InvoiceStatus
) -> None:
    store = await stored(replace(INVOICE, status=before))
    use_case = decide(MemoryTransactions(store), lambda: LONG_AGO)
    answer = await use_case(REVIEWER, INVOICE.id, comment="as ordered", etag=invoice_etag(INVOICE))
    expected = replace(
        INVOICE,
        status=status,
        version=INVOICE.version + 1,
        update_time=LONG_AGO,
        decision_comment="as ordered",
    )
    assert invoice_in(store) == expected
    assert answer == expected.header
    event = Event(
        kind=kind, actor="rita", time=LONG_AGO, invoice_id=INVOICE.id, comment="as ordered"
    )
    assert store.events == (event,)


@DECISIONS
async def test_decision_without_a_comment_has_none(
    decide: Decide, status: InvoiceStatus, kind: EventKind
) -> None:
    store = await stored(replace(INVOICE, status=InvoiceStatus.READY))
    await decide(MemoryTransactions(store), lambda: LONG_AGO)(REVIEWER, INVOICE.id, comment=" ")
    assert invoice_in(store).decision_comment is None
    assert store.events[-1].comment is None


@DECISIONS
@pytest.mark.parametrize("before", [each for each in InvoiceStatus if each not in DECIDABLE])
async def test_only_what_is_ready_or_waits_is_decided(
    decide: Decide, status: InvoiceStatus, kind: EventKind, before: InvoiceStatus
) -> None:
    invoice = replace(INVOICE, status=before)
    store = await stored(invoice)
    use_case = decide(MemoryTransactions(store), lambda: LONG_AGO)
    with pytest.raises(WrongState) as caught:
        await use_case(REVIEWER, INVOICE.id, comment="")
    assert caught.value.metadata == {"status": before, "wanted": status}
    assert (invoice_in(store), store.events) == (invoice, ())


@DECISIONS
async def test_etag_of_another_state_decides_nothing(
    decide: Decide, status: InvoiceStatus, kind: EventKind
) -> None:
    store = await stored()
    use_case = decide(MemoryTransactions(store), lambda: LONG_AGO)
    for other in (replace(INVOICE, version=INVOICE.version - 1), read_invoice(2)):
        with pytest.raises(StaleVersion):
            await use_case(REVIEWER, INVOICE.id, comment="", etag=invoice_etag(other))
    assert (invoice_in(store), store.events) == (INVOICE, ())


@DECISIONS
async def test_invoice_of_another_tenant_is_not_found(
    decide: Decide, status: InvoiceStatus, kind: EventKind
) -> None:
    store = await stored(read_invoice(1, tenant="other"))
    with pytest.raises(NotFound):
        await decide(MemoryTransactions(store), lambda: LONG_AGO)(REVIEWER, INVOICE.id, comment="")
    assert store.events == ()


@DECISIONS
@pytest.mark.parametrize(("names_etag", "error"), [(True, StaleVersion), (False, WrongState)])
async def test_decision_that_comes_second_finds_what_the_first_has_made_of_it(
    decide: Decide,
    status: InvoiceStatus,
    kind: EventKind,
    names_etag: bool,
    error: type[Exception],
) -> None:
    store, faults = await stored(), Faults()
    late = FaultyTransactions(MemoryTransactions(store), faults)
    faults.hold("begin")
    etag = invoice_etag(INVOICE) if names_etag else ""
    second = asyncio.create_task(
        decide(late, lambda: LONG_AGO)(REVIEWER, INVOICE.id, comment="second", etag=etag)
    )
    await faults.holding()
    first = await ApproveInvoice(MemoryTransactions(store), lambda: LONG_AGO)(
        REVIEWER, INVOICE.id, comment="first", etag=etag
    )
    faults.release()
    with pytest.raises(error):
        await second
    assert invoice_in(store).header == first
    assert len(store.events) == 1


@pytest.mark.parametrize("comment", ["", " \n"])
async def test_what_waits_for_review_is_approved_with_a_comment_only(comment: str) -> None:
    store = await stored()
    approve = ApproveInvoice(MemoryTransactions(store), lambda: LONG_AGO)
    with pytest.raises(InvalidInput) as caught:
        await approve(REVIEWER, INVOICE.id, comment=comment)
    assert (caught.value.reason, caught.value.field) == ("COMMENT_MISSING", "comment")
    assert INVOICE.reading is not None
    assert str(INVOICE.reading.review_reasons[0]) in caught.value.message
    assert (invoice_in(store), store.events) == (INVOICE, ())


async def test_message_names_the_first_reasons_and_counts_the_rest() -> None:
    assert INVOICE.reading is not None
    reasons = tuple(ReviewReason(ReviewCode.RULE_FAILED, f"R-{n}") for n in range(900))
    store = await stored(replace(INVOICE, reading=replace(INVOICE.reading, review_reasons=reasons)))
    approve = ApproveInvoice(MemoryTransactions(store), lambda: LONG_AGO)
    with pytest.raises(InvalidInput) as caught:
        await approve(REVIEWER, INVOICE.id, comment="")
    assert "RULE_FAILED:R-4, 895 more)" in caught.value.message


@pytest.mark.parametrize("decide", [ApproveInvoice, RejectInvoice])
async def test_decision_is_taken_back_once_and_can_be_taken_again(decide: Decide) -> None:
    store = await stored()
    transactions = MemoryTransactions(store)
    decided = await decide(transactions, lambda: LONG_AGO)(REVIEWER, INVOICE.id, comment="first")
    reopen = ReopenInvoice(transactions, lambda: LONG_AGO)
    etag = invoice_etag(decided)
    header = await reopen(REVIEWER, INVOICE.id, comment="a mistake", etag=etag)
    expected = replace(INVOICE, version=INVOICE.version + 2, update_time=LONG_AGO)
    assert (invoice_in(store), header) == (expected, expected.header)
    assert [(event.kind, event.comment) for event in store.events[1:]] == [
        (EventKind.INVOICE_REOPENED, "a mistake")
    ]
    with pytest.raises(StaleVersion):
        await reopen(REVIEWER, INVOICE.id, comment="a mistake", etag=etag)
    with pytest.raises(WrongState):
        await reopen(REVIEWER, INVOICE.id, comment="a mistake")
    again = await RejectInvoice(transactions, lambda: LONG_AGO)(
        REVIEWER, INVOICE.id, comment="second"
    )
    assert again.status is InvoiceStatus.REJECTED
