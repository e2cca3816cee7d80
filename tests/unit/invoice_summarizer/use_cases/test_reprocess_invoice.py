"""A document is read again where nobody reads it and nobody has approved what was read, once for each request."""

import asyncio
from dataclasses import replace
from itertools import count

import pytest

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.adapters.faulty.transactions import FaultyTransactions
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.document_task import DocumentTask
from invoice_summarizer.domain.errors import NotFound, RequestIdReused, StaleVersion, WrongState
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.event import Event, EventKind
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.operation import Operation, OperationKind, OperationState
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.use_cases.decide_review import ApproveInvoice
from invoice_summarizer.use_cases.delete_invoice import DeleteInvoice
from invoice_summarizer.use_cases.reprocess_invoice import ReprocessInvoice
from storage_samples import LONG_AGO, add_invoice, pending_operation, read_invoice

OWNER = Principal(subject="olga", tenant="acme", roles=frozenset(Role))
INVOICE, OTHER = read_invoice(1), read_invoice(2)
FINAL = (InvoiceStatus.APPROVED, InvoiceStatus.ARCHIVED, InvoiceStatus.OTHER)


class System:
    """Invoices in a store, and what has their documents read again; new operations are named new-1, new-2 and so on."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.transactions = MemoryTransactions(self.store)
        self._numbers = count(1)

    async def add(self, invoice: Invoice = INVOICE, *states: OperationState) -> None:
        """Adds the invoice with operations in those states, the oldest first."""
        async with self.transactions.begin(invoice.tenant) as transaction:
            await add_invoice(transaction, invoice)
            for number, state in enumerate(states):
                operation = replace(pending_operation(invoice, number), state=state)
                await transaction.operations.add(operation)

    def reprocess(self, transactions: Transactions | None = None) -> ReprocessInvoice:
        return ReprocessInvoice(
            transactions or self.transactions,
            lambda: LONG_AGO,
            lambda: f"new-{next(self._numbers)}",
        )

    @property
    def new(self) -> list[Operation]:
        rows = (queued.operation for _, queued in self.store.committed.operations.items())
        return [operation for operation in rows if operation.kind is OperationKind.REPROCESS]

    def invoice(self) -> Invoice:
        found = self.store.committed.invoices.get((INVOICE.tenant, INVOICE.id))
        assert found is not None
        return found


@pytest.fixture
def system() -> System:
    return System()


@pytest.mark.parametrize("status", [each for each in InvoiceStatus if each not in FINAL])
async def test_new_operation_reads_the_document_for_the_invoice_as_it_is_now(
    system: System, status: InvoiceStatus
) -> None:
    invoice = replace(INVOICE, status=status)
    await system.add(invoice, OperationState.SUCCEEDED)
    operation = await system.reprocess()(OWNER, INVOICE.id, etag=invoice_etag(INVOICE))
    assert system.new == [operation]
    assert (operation.id, operation.invoice_id) == ("new-1", INVOICE.id)
    assert (operation.state, operation.due_time) == (OperationState.PENDING, LONG_AGO)
    assert DocumentTask.of(operation.payload) == DocumentTask(
        sha256=INVOICE.document.sha256,
        media_type=INVOICE.document.media_type,
        invoice_version=INVOICE.version,
    )
    assert system.invoice() == invoice
    assert system.store.events == (
        Event(
            kind=EventKind.INVOICE_REPROCESS_REQUESTED,
            actor="olga",
            time=LONG_AGO,
            invoice_id=INVOICE.id,
            operation_id="new-1",
        ),
    )


@pytest.mark.parametrize("status", FINAL)
async def test_what_a_person_approved_is_not_read_again(
    system: System, status: InvoiceStatus
) -> None:
    await system.add(replace(INVOICE, status=status))
    with pytest.raises(WrongState) as caught:
        await system.reprocess()(OWNER, INVOICE.id)
    assert caught.value.metadata == {"status": status}
    assert (system.new, system.store.events) == ([], ())


@pytest.mark.parametrize("state", OperationState)
async def test_newest_operation_must_be_done(system: System, state: OperationState) -> None:
    await system.add(INVOICE, OperationState.FAILED, state)
    if state.done:
        await system.reprocess()(OWNER, INVOICE.id)
        assert len(system.new) == 1
    else:
        with pytest.raises(WrongState):
            await system.reprocess()(OWNER, INVOICE.id)
        assert (system.new, system.store.events) == ([], ())


async def test_operation_on_another_invoice_stands_in_nobodys_way(system: System) -> None:
    await system.add()
    await system.add(OTHER, OperationState.RUNNING)
    await system.reprocess()(OWNER, INVOICE.id)
    assert [operation.invoice_id for operation in system.new] == [INVOICE.id]


async def test_invoice_of_another_tenant_is_not_found(system: System) -> None:
    await system.add(read_invoice(1, tenant="other"))
    with pytest.raises(NotFound):
        await system.reprocess()(OWNER, INVOICE.id, request_id="request")
    assert (system.new, system.store.events) == ([], ())


async def test_repeated_request_finds_its_operation_whatever_became_of_the_invoice(
    system: System,
) -> None:
    await system.add()
    etag = invoice_etag(INVOICE)
    first = await system.reprocess()(OWNER, INVOICE.id, etag=etag, request_id="request")
    approve = ApproveInvoice(system.transactions, lambda: LONG_AGO)
    await approve(OWNER, INVOICE.id, comment="as ordered")
    again = await system.reprocess()(OWNER, INVOICE.id, etag=etag, request_id="request")
    assert again == first
    assert system.new == [first]
    assert [event.kind for event in system.store.events] == [
        EventKind.INVOICE_REPROCESS_REQUESTED,
        EventKind.INVOICE_APPROVED,
    ]


async def test_repeated_request_for_an_invoice_that_was_deleted_is_not_found(
    system: System,
) -> None:
    await system.add()
    await system.reprocess()(OWNER, INVOICE.id, request_id="request")
    await DeleteInvoice(system.transactions, lambda: LONG_AGO)(OWNER, INVOICE.id)
    with pytest.raises(NotFound):
        await system.reprocess()(OWNER, INVOICE.id, request_id="request")


async def test_request_id_of_another_invoice_sets_no_operation(system: System) -> None:
    await system.add(INVOICE)
    await system.add(OTHER)
    first = await system.reprocess()(OWNER, INVOICE.id, request_id="request")
    with pytest.raises(RequestIdReused):
        await system.reprocess()(OWNER, OTHER.id, request_id="request")
    assert system.new == [first]


async def test_request_that_was_refused_may_come_again_with_its_id(system: System) -> None:
    await system.add()
    stale = invoice_etag(replace(INVOICE, version=INVOICE.version - 1))
    with pytest.raises(StaleVersion):
        await system.reprocess()(OWNER, INVOICE.id, etag=stale, request_id="request")
    assert (system.new, system.store.events) == ([], ())
    current = invoice_etag(INVOICE)
    operation = await system.reprocess()(OWNER, INVOICE.id, etag=current, request_id="request")
    assert system.new == [operation]


@pytest.mark.parametrize("request_id", ["", "request"])
async def test_of_two_requests_at_once_the_later_one_sets_no_second_operation(
    system: System, request_id: str
) -> None:
    await system.add()
    faults = Faults()
    late = system.reprocess(FaultyTransactions(system.transactions, faults))
    faults.hold("begin")
    second = asyncio.create_task(late(OWNER, INVOICE.id, request_id=request_id))
    await faults.holding()
    first = await system.reprocess()(OWNER, INVOICE.id, request_id=request_id)
    faults.release()
    if request_id:
        assert await second == first
    else:
        with pytest.raises(WrongState):
            await second
    assert system.new == [first]
    assert len(system.store.events) == 1


async def test_etag_is_held_against_what_the_invoice_has_become(system: System) -> None:
    await system.add(replace(INVOICE, status=InvoiceStatus.READY))
    faults = Faults()
    late = system.reprocess(FaultyTransactions(system.transactions, faults))
    faults.hold("begin")
    waiting = asyncio.create_task(late(OWNER, INVOICE.id, etag=invoice_etag(INVOICE)))
    await faults.holding()
    approve = ApproveInvoice(system.transactions, lambda: LONG_AGO)
    await approve(OWNER, INVOICE.id, comment="as ordered")
    faults.release()
    with pytest.raises(StaleVersion):
        await waiting
    assert system.new == []
