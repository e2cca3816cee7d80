"""REST beside `serve`: the gateway, in a child process on the same machine."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from invoice_gateway.local_gateway import GatewayFailed, LocalGateway, NoGateway

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed

LOG_FILE_NAME = "gateway.log"


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
    """Starts the gateway again at its port where it ends by itself."""
    while True:
        await gateway.wait()
        report(f"the gateway has ended ({LOG_FILE_NAME} says more) and is started again")
        await gateway.stop()
        try:
            await gateway.start(port=port, services=services)
        except GatewayFailed as error:
            report(f"REST is not served until everything is started again: {error}")
            return
