"""How a job lists the documents of a batch: outside every transaction, and all of them once."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from batch_rig import FOLDER, OWNER, BatchRig, Died, all_documents

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.filesystem.import_folder import FilesystemImportFolder
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction, Transactions
from invoice_summarizer.use_cases.create_batch import CreateBatch
from invoice_summarizer.use_cases.plan_batch import PlanBatch

MANY = 5_001  # more than are stored by one statement


@dataclass(slots=True)
class _CountedTransactions:
    """Knows how many transactions are open; the process dies just before the commit that is named, from 1."""

    whole: Transactions
    die_at: int = 0
    open: int = 0
    begun: int = 0

    @property
    def storable(self) -> Callable[[Reading], StoredReading]:
        return self.whole.storable

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        self.begun += 1
        number = self.begun
        self.open += 1
        try:
            async with self.whole.begin(tenant) as transaction:
                yield transaction
                if number == self.die_at:
                    raise Died
        finally:
            self.open -= 1


@dataclass(slots=True)
class _Walk:
    """An ImportSource of so many documents; `found` is called with each."""

    number: int
    found: Callable[[int], Awaitable[None]] = lambda number: asyncio.sleep(0)
    walks: list[int] = field(default_factory=list)

    def require(self, tenant: str, uri: str) -> None:
        """All is allowed."""

    async def uris(self, tenant: str, prefix: str) -> AsyncGenerator[str, None]:
        self.walks.append(self.number)
        for number in range(self.number):
            await self.found(number)
            yield f"{prefix}/{number:06}.xml"

    async def read(self, tenant: str, uri: str, *, limit_bytes: int) -> bytes:
        raise AssertionError("nobody reads yet")


async def listed(rig: BatchRig, batch_id: str) -> list[str | None]:
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        items = await transaction.batch_items.pending(batch_id, 0, 2 * MANY)
    assert [item.ordinal for item in items] == [*range(len(items))]
    return [item.document_uri for item in items]


def uris(number: int) -> list[str]:
    return [f"{FOLDER}/{number:06}.xml" for number in range(number)]


async def test_no_transaction_is_open_while_the_folder_is_walked(rig: BatchRig) -> None:
    batch_id = (await rig.create(all_documents())).id
    transactions = _CountedTransactions(rig.transactions)
    open_then: set[int] = set()

    async def found(number: int) -> None:
        open_then.add(transactions.open)

    walk = _Walk(MANY, found)
    assert await PlanBatch(transactions, walk)(OWNER.tenant, batch_id) == MANY
    assert open_then == {0}
    assert await listed(rig, batch_id) == uris(MANY)


async def test_planning_that_died_is_begun_anew_and_takes_nothing_twice(rig: BatchRig) -> None:
    batch_id = (await rig.create(all_documents())).id
    dying = _CountedTransactions(rig.transactions, die_at=2)
    with pytest.raises(Died):
        await PlanBatch(dying, _Walk(MANY))(OWNER.tenant, batch_id)
    assert await listed(rig, batch_id) == []
    assert (await rig.batch(batch_id)).total is None
    # Others lie there by now.
    plan = PlanBatch(rig.transactions, _Walk(MANY - 2))
    assert await plan(OWNER.tenant, batch_id) == MANY - 2
    assert await listed(rig, batch_id) == uris(MANY - 2)


async def test_of_two_that_plan_at_once_one_does(rig: BatchRig) -> None:
    batch_id = (await rig.create(all_documents())).id
    other = PlanBatch(rig.transactions, _Walk(20))

    async def found(number: int) -> None:
        if number == 10:
            assert await other(OWNER.tenant, batch_id) == 20

    plan = PlanBatch(rig.transactions, _Walk(30, found))
    assert await plan(OWNER.tenant, batch_id) == 20
    assert await listed(rig, batch_id) == uris(20)


async def test_batch_that_has_its_items_is_not_listed_again(rig: BatchRig) -> None:
    batch_id = (await rig.create(all_documents())).id
    walk = _Walk(3)
    for _ in range(2):
        assert await PlanBatch(rig.transactions, walk)(OWNER.tenant, batch_id) == 3
    assert walk.walks == [3]


async def test_batch_that_was_cancelled_meanwhile_gets_no_items(rig: BatchRig) -> None:
    batch_id = (await rig.create(all_documents())).id
    async with rig.transactions.begin(OWNER.tenant) as transaction:
        await transaction.operations.cancel(batch_id)
    walk = _Walk(3)
    assert await PlanBatch(rig.transactions, walk)(OWNER.tenant, batch_id) == 0
    assert await listed(rig, batch_id) == []
    assert not walk.walks


@pytest.mark.parametrize(("depth", "reason"), [(62, None), (64, "IMPORT_TOO_LARGE")])
async def test_folders_that_are_nested_too_deep_are_the_failure_of_the_batch(
    rig: BatchRig, tmp_path: Path, depth: int, reason: str | None
) -> None:
    folder = (tmp_path / OWNER.tenant).joinpath(*"d" * depth)
    folder.mkdir(parents=True)
    (folder / "a.xml").write_text("<a/>")
    imports = FilesystemImportFolder(tmp_path)
    create = CreateBatch(rig.transactions, imports, rig.writer, utc_now, new_uuid)
    submission = all_documents((tmp_path / OWNER.tenant).as_uri())
    batch_id = (await create(OWNER, submission)).id
    total = 0 if reason else 1
    assert await PlanBatch(rig.transactions, imports)(OWNER.tenant, batch_id) == total
    batch = await rig.batch(batch_id)
    assert (batch.plan_failure, batch.total) == (reason, total or None)
