"""Who stops a start does not wait for its end, and what was opened is closed; afterwards what serves ends by itself."""

import asyncio

import pytest

from invoice_summarizer.cli.stoppable_start import stoppable_start


class Serving:
    """It takes for ever to come up, or is up at once; `closed` says that its end was in good order."""

    def __init__(self, *, comes_up: bool) -> None:
        self.up, self.stop = asyncio.Event(), asyncio.Event()
        self.began = asyncio.Event()
        self.comes_up = comes_up
        self.said = list[str]()

    async def serve(self) -> None:
        self.began.set()
        try:
            if not self.comes_up:
                await asyncio.Event().wait()
            self.up.set()
            await self.stop.wait()
            await asyncio.sleep(0)  # what is up is not cut short
            self.said.append("drained")
        finally:
            await asyncio.sleep(0)
            self.said.append("closed")


@pytest.mark.parametrize(("comes_up", "said"), [(False, ["closed"]), (True, ["drained", "closed"])])
async def test_stop_ends_a_start_at_once_and_what_is_up_in_its_own_way(
    comes_up: bool, said: list[str]
) -> None:
    serving = Serving(comes_up=comes_up)
    ended = asyncio.create_task(stoppable_start(serving.serve(), serving.up, serving.stop))
    await serving.began.wait()
    serving.stop.set()
    async with asyncio.timeout(30):
        await ended
    assert serving.said == said


async def test_what_keeps_it_from_starting_is_raised() -> None:
    async def failing() -> None:
        raise ValueError("no room")

    with pytest.raises(ValueError, match="no room"):
        await stoppable_start(failing(), asyncio.Event(), asyncio.Event())


async def test_failure_while_it_stops_is_raised() -> None:
    up, stop = asyncio.Event(), asyncio.Event()

    async def failing() -> None:
        up.set()
        await stop.wait()
        raise ValueError("a part has ended")

    ended = asyncio.create_task(stoppable_start(failing(), up, stop))
    await up.wait()
    stop.set()
    with pytest.raises(ValueError, match="a part has ended"):
        await ended
