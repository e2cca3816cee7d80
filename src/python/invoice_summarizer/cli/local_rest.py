"""REST beside `serve`: the gateway, in a child process on the same machine."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from invoice_gateway.local_gateway import GatewayFailed, LocalGateway, NoGateway

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed

LOG_FILE_NAME = "gateway.log"

_LONG_ENOUGH_SECONDS = 60.0  # to have ended for a reason that is not there from the start
_LONGEST_PAUSE_SECONDS = 60.0


@asynccontextmanager
async def rest_beside(
    folder: Path, port: int, services: str, report: Callable[[str], None]
) -> AsyncIterator[int | None]:
    """Yields the port at which REST is served until the block ends; None where this installation carries no gateway.

    `report` is told where there is none, and where it ends by itself; it is started again then. Raises CommandFailed
    where it cannot be started.
    """
    gateway = LocalGateway(folder / LOG_FILE_NAME)
    try:
        taken = await gateway.start(port=port, services=services)
    except NoGateway as error:
        report(f"REST is not served: {error}")
        yield None
        return
    except GatewayFailed as error:
        raise CommandFailed(ExitCode.UNAVAILABLE, "REST_NOT_STARTED", str(error)) from None
    kept = asyncio.create_task(_kept_running(gateway, taken, services, report))
    try:
        yield taken
    finally:
        kept.cancel()
        try:
            with suppress(asyncio.CancelledError):
                await kept
        finally:
            await gateway.stop()


async def _kept_running(
    gateway: LocalGateway, port: int, services: str, report: Callable[[str], None]
) -> None:
    """Starts the gateway again at its port where it ends by itself: at once, and later where it ends again and again."""
    clock = asyncio.get_running_loop().time
    pause, started = 0.0, clock()
    while True:
        await gateway.wait()
        pause = pause_after(clock() - started, pause)
        when = f" in {pause:.0f} s" if pause else ""
        report(f"the gateway has ended ({LOG_FILE_NAME} says more) and is started again{when}")
        await gateway.stop()
        await asyncio.sleep(pause)
        started = clock()
        try:
            await gateway.start(port=port, services=services)
        except GatewayFailed as error:
            report(f"REST is not served until everything is started again: {error}")
            return


def pause_after(lived_seconds: float, pause_seconds: float) -> float:
    """Returns how long to wait before the gateway is started again, after it lived so long and that pause before it."""
    if lived_seconds >= _LONG_ENOUGH_SECONDS:
        return 0.0
    return min(max(1.0, 2 * pause_seconds), _LONGEST_PAUSE_SECONDS)
