"""The contract of OperationRepository and SummaryRepository."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from invoice_summarizer.domain.errors import (
    Conflict,
    NotFound,
    OperationNotCancellable,
)
from invoice_summarizer.domain.operation import OperationKind, OperationState, Progress
from invoice_summarizer.domain.summary import InstructionOutcome, Origin, Style, Summary
from storage_fixture import Storage
from storage_samples import (
    TENANT,
    add_invoice,
    pending_operation,
    received_invoice,
    summary_of_invoice,
)


async def test_what_belongs_to_an_invoice_needs_the_invoice(storage: Storage) -> None:
    invoice = received_invoice(1)
    async with storage.transactions.begin("other") as transaction:
        await add_invoice(transaction, received_invoice(1, "other"))
    with pytest.raises(NotFound):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.summaries.add(summary_of_invoice(invoice))
    with pytest.raises(NotFound):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.operations.add(pending_operation(invoice))


async def test_operations_come_newest_first_in_pages(storage: Storage) -> None:
    operations = await storage.add_pending(*range(5), tenant=TENANT)
    async with storage.transactions.begin(TENANT) as transaction:
        page = await transaction.operations.page(states=frozenset(), after=None, limit=2)
        assert page == [operations[4], operations[3]]
        last = page[-1]
        rest = await transaction.operations.page(
            states=frozenset(), after=(last.create_time.isoformat(), last.id), limit=9
        )
        assert rest == [operations[2], operations[1], operations[0]]


async def test_lists_have_the_results_of_readings_and_not_those_of_replays(
    storage: Storage,
) -> None:
    kinds = (OperationKind.INGEST, OperationKind.REPLAY)
    for number, kind in enumerate(kinds):
        async with storage.transactions.begin(TENANT) as transaction:
            invoice = await add_invoice(transaction, received_invoice(number))
            await transaction.operations.add(replace(pending_operation(invoice, number), kind=kind))
        [claim] = await storage.queue.claim("worker", timedelta(seconds=30), 1)
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.operations.complete(claim, result={"invoice_ids": [invoice.id]})
    async with storage.transactions.begin(TENANT) as transaction:
        replay, reading = await transaction.operations.page(states=frozenset(), after=None, limit=9)
        whole = await transaction.operations.get(replay.id)
    assert reading.result == {"invoice_ids": ["invoice-0"]}
    assert whole.result == {"invoice_ids": ["invoice-1"]}
    assert replay == replace(whole, result={})


async def test_latest_operation_is_the_one_that_was_added_last(storage: Storage) -> None:
    """The clock of whoever adds it may be behind that of others."""
    invoice, other = received_invoice(1), received_invoice(2)
    first, second = pending_operation(invoice, 2), pending_operation(invoice, 1)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        await add_invoice(transaction, other)
        assert await transaction.operations.latest([invoice.id, other.id]) is None
        await transaction.operations.add(first)
        await transaction.operations.cancel(first.id)
        await transaction.operations.add(second)
        assert await transaction.operations.latest([other.id, invoice.id]) == second
        assert await transaction.operations.latest([other.id]) is None
        await transaction.operations.cancel(second.id)
        replay = replace(pending_operation(invoice, 3), kind=OperationKind.REPLAY)
        await transaction.operations.add(replay)
        assert await transaction.operations.latest([invoice.id]) == replay
        found = await transaction.operations.latest([invoice.id], but=OperationKind.REPLAY)
        assert found is not None and found.id == second.id


async def test_one_operation_on_an_invoice_is_under_way(storage: Storage) -> None:
    [first] = await storage.add_pending(1, tenant=TENANT)
    second = replace(first, id="second")
    with pytest.raises(Conflict):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.operations.add(second)
    await storage.queue.claim("worker", timedelta(seconds=30), 1)
    with pytest.raises(Conflict):
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.operations.add(second)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.operations.add(replace(second, id="done", state=OperationState.FAILED))
        await transaction.operations.cancel(first.id)
        await transaction.operations.add(second)


async def test_operation_that_is_done_already_is_never_claimed(storage: Storage) -> None:
    invoice = received_invoice(1)
    done = replace(pending_operation(invoice), state=OperationState.SUCCEEDED)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        await transaction.operations.add(done)
        assert await transaction.operations.get(done.id) == done
    assert await storage.queue.claim("worker", timedelta(seconds=30), 1) == []


async def test_operations_of_one_time_are_paged_by_id(storage: Storage) -> None:
    operations = [
        replace(pending_operation(received_invoice(1)), id=f"operation-{n}", invoice_id=None)
        for n in range(5)
    ]
    found: list[str] = []
    async with storage.transactions.begin(TENANT) as transaction:
        for operation in operations:
            await transaction.operations.add(operation)
        after = None
        while page := await transaction.operations.page(
            states=frozenset({OperationState.PENDING}), after=after, limit=2
        ):
            found += [operation.id for operation in page]
            after = (page[-1].create_time.isoformat(), page[-1].id)
    assert found == [f"operation-{n}" for n in (4, 3, 2, 1, 0)]


async def test_cancelled_operation_is_done(storage: Storage) -> None:
    [operation] = await storage.add_pending(1)
    async with storage.transactions.begin(TENANT) as transaction:
        cancelled = await transaction.operations.cancel(operation.id)
        assert cancelled.state is OperationState.CANCELLED
        assert await transaction.operations.get(operation.id) == cancelled
        with pytest.raises(OperationNotCancellable):
            await transaction.operations.cancel(operation.id)
        states = frozenset({OperationState.PENDING, OperationState.RUNNING})
        assert not await transaction.operations.page(states=states, after=None, limit=9)


async def test_summaries_come_newest_first_in_pages(storage: Storage) -> None:
    invoice = received_invoice(1)
    summaries = [summary_of_invoice(invoice, number) for number in range(3)]
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        for summary in summaries:
            await transaction.summaries.add(summary)
        assert await transaction.summaries.get(invoice.id, "summary-1") == summaries[1]
        page = await transaction.summaries.page(invoice.id, after=None, limit=2)
        assert [*page.summaries.unpacked()] == [summaries[2], summaries[1]]
        after = (page.places[-1].create_time.isoformat(), page.places[-1].id)
        page = await transaction.summaries.page(invoice.id, after=after, limit=2)
        assert [*page.summaries.unpacked()] == [summaries[0]]


async def test_no_more_summaries_are_fetched_than_there_is_room_for(storage: Storage) -> None:
    invoice = received_invoice(1)
    summaries = [summary_of_invoice(invoice, number) for number in range(3)]
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        for summary in summaries:
            await transaction.summaries.add(summary)
        for most, number in ((1, 1), (100_000, 3)):
            page = await transaction.summaries.page(invoice.id, after=None, limit=9, max_bytes=most)
            assert [place.id for place in page.places] == ["summary-2", "summary-1", "summary-0"]
            assert [*page.summaries.unpacked()] == summaries[::-1][:number]


async def test_operation_needs_no_invoice(storage: Storage) -> None:
    batch = replace(
        pending_operation(received_invoice(1)),
        invoice_id=None,
        payload={"documents": ["a", "b"]},
        progress=Progress(0, 2),
    )
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.operations.add(batch)
        assert await transaction.operations.get(batch.id) == batch
    [claim] = await storage.queue.claim("worker", timedelta(seconds=30), 1)
    async with storage.transactions.begin(TENANT) as transaction:
        await transaction.operations.complete(claim, result={"read": 2})
        done = await transaction.operations.get(batch.id)
    assert (done.state, done.result, done.progress) == (
        OperationState.SUCCEEDED,
        {"read": 2},
        Progress(2, 2),
    )


async def test_whoever_waits_for_an_operation_is_woken_when_it_is_done(storage: Storage) -> None:
    first, second = await storage.add_pending(1, 2)
    async with storage.completions.of(first.id) as woken:
        await woken(timedelta(seconds=1))  # where listening begins, everybody is woken once
        waiting = asyncio.create_task(woken(timedelta(hours=1)))
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.operations.cancel(second.id)
        await asyncio.sleep(0.05)
        assert not waiting.done()
        async with storage.transactions.begin(TENANT) as transaction:
            await transaction.operations.cancel(first.id)
        async with asyncio.timeout(30):
            await waiting


async def test_summary_is_found_by_what_it_says_of_whom_and_how(storage: Storage) -> None:
    invoice = received_invoice(1)
    newer = summary_of_invoice(invoice, 2)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        for summary in (newer, summary_of_invoice(invoice, 1)):
            await transaction.summaries.add(summary)

        async def find(**other: Any) -> Summary | None:
            identity = replace(newer.identity, **other)
            return await transaction.summaries.find(invoice.id, identity)

        assert await find() == newer
        others = {name: "other" for name in ("invoice_etag", "language_code", "instruction")}
        for other in others.items():
            assert await find(**dict([other])) is None
        assert await find(origin=Origin.TEMPLATE_AFTER_FAILURE) is None
        assert await find(writer=replace(newer.provenance, model="other").writer) is None


async def test_what_became_of_an_instruction_is_stored_with_the_summary(storage: Storage) -> None:
    invoice = received_invoice(1)
    plain = summary_of_invoice(invoice)
    by_model = replace(plain, origin=Origin.MODEL, instruction="only the lines")
    seen = replace(plain.provenance, takes_as_offered=True)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)
        outcomes = []
        for number, provenance in enumerate((plain.provenance, seen)):
            summary = replace(
                by_model, id=f"{number:032x}", style=[*Style][number], provenance=provenance
            )
            await transaction.summaries.add(summary)
            stored = await transaction.summaries.get(invoice.id, summary.id)
            outcomes.append(stored.instruction_outcome)
    assert outcomes == [InstructionOutcome.LEFT_TO_MODEL, InstructionOutcome.NO_EFFECT_SEEN]


async def test_equal_summary_is_stored_once(storage: Storage) -> None:
    invoice = received_invoice(1)
    first = summary_of_invoice(invoice)
    async with storage.transactions.begin(TENANT) as transaction:
        await add_invoice(transaction, invoice)

    async def added(summary: Summary) -> Summary:
        async with storage.transactions.begin(TENANT) as transaction:
            return await transaction.summaries.add(summary)

    stored = await asyncio.gather(*(added(replace(first, id=f"summary-{n}")) for n in range(4)))
    assert len({summary.id for summary in stored}) == 1
    async with storage.transactions.begin(TENANT) as transaction:
        page = await transaction.summaries.page(invoice.id, after=None, limit=9)
        assert [*page.summaries.unpacked()] == stored[:1]
        other = replace(first, id="other", language_code="other")
        assert await transaction.summaries.add(other) == other
