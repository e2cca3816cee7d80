"""Readiness is what the last look said, and each change of it is told once."""

import asyncio

from invoice_summarizer.processes.readiness import Readiness


class Database:
    def __init__(self) -> None:
        self.told: list[bool] = []
        self.says = ""

    async def problem(self) -> str:
        return self.says

    async def tell(self, is_ready: bool) -> None:
        self.told.append(is_ready)


async def test_process_is_not_ready_before_the_first_look() -> None:
    database = Database()
    readiness = Readiness(database.problem)
    before = readiness.problem
    await readiness.look()
    assert (bool(before), readiness.problem) == (True, "")


async def test_changes_are_told_and_nothing_else() -> None:
    database = Database()
    readiness = Readiness(database.problem, database.tell)
    for says in ("", "", "the database does not answer", "run migrate", ""):
        database.says = says
        await readiness.look()
        assert readiness.problem == says
    assert database.told[0] is True and database.told[-1] is True
    assert database.told.count(True) == 2


async def test_process_that_stops_is_not_ready() -> None:
    stop = asyncio.Event()
    readiness = Readiness(Database().problem, look_seconds=0.001)
    watching = asyncio.create_task(readiness.watch(stop))
    async with asyncio.timeout(20):
        while problem_of(readiness):
            await asyncio.sleep(0.001)
    stop.set()
    await watching
    assert problem_of(readiness) == "stopping"


def problem_of(readiness: Readiness) -> str:
    return readiness.problem
