"""Runs the local stack until a signal, and leaves its address where clients look for it."""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from itertools import combinations
from pathlib import Path
from typing import TextIO

from invoice_summarizer.adapters.embedded_postgres.failure import (
    EmbeddedPostgresError,
    FolderInUse,
)
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.local_jobs import jobs_beside
from invoice_summarizer.cli.local_model import model_beside
from invoice_summarizer.cli.local_rest import rest_beside
from invoice_summarizer.cli.model_elsewhere import model_elsewhere
from invoice_summarizer.cli.options import ADDRESS_FILE_NAME
from invoice_summarizer.cli.stoppable_start import stoppable_start
from invoice_summarizer.local_stack import LocalStack, local_stack, no_jobs
from invoice_summarizer.processes.parts import PartEnded
from invoice_summarizer.services.process import stop_on_signals
from invoice_summarizer.settings import ModelSettings, WrongSetting
from invoice_summarizer.telemetry import configure_logging

LOOPBACK = "127.0.0.1"


async def serve_until_signal(
    folder: Path,
    port: int,
    *,
    metrics_port: int,
    rest_port: int,
    reflection: bool,
    log_level: str,
    inference: bool,
    elsewhere: ModelSettings | None,
    assist_reading: bool,
    batches: bool,
    import_folder: Path | None,
    report: Callable[[str], None],
    open_log: Callable[[], AbstractContextManager[TextIO | None]],
    on_starting: Callable[[], None],
    on_started: Callable[[LocalStack, int | None], None],
) -> None:
    """Returns after SIGTERM or SIGINT, with nothing left running.

    Nothing is started, and nothing written, before the ports are known to be free. A signal ends a start as well, at
    whatever it waits for.

    Raises CommandFailed where it cannot start, and where a part of it ends by itself; nothing is left running then either.
    """
    running = _address_in(folder)
    if running and _answers(running):
        raise _already_serving(running)
    ports = {"--port": port, "--metrics-port": metrics_port, "--rest-port": rest_port}
    for one, other in combinations(ports, 2):
        if ports[one] and ports[one] == ports[other]:
            raise wrong_usage(f"{one} and {other} are both {ports[one]}: each needs one of its own")
    for option, wanted in ports.items():
        _require_free(wanted, option)
    on_starting()
    stop, up = stop_on_signals(), asyncio.Event()

    async def serve() -> None:
        async with (
            _model(folder, inference, elsewhere, report) as model,
            local_stack(
                folder,
                port=port,
                metrics_port=metrics_port,
                reflection=reflection,
                model=with_assistance(model, assist_reading),
                open_jobs=jobs_beside(folder, report) if batches else no_jobs,
                import_folder=import_folder,
                stop=stop,
            ) as stack,
        ):
            up.set()  # from here on, `stop` may also say that a part has ended by itself
            services = f"{LOOPBACK}:{stack.ingest_port}"
            async with rest_beside(folder, rest_port, services, report) as rest:
                address = folder / ADDRESS_FILE_NAME
                await _served(address, stack, lambda: on_started(stack, rest), stop)

    try:
        with open_log() as log:
            configure_logging("local", log_level, log)
            await stoppable_start(serve(), up, stop)
    except PartEnded as ended:
        raise CommandFailed(
            ExitCode.FAULT, "PART_ENDED", f"{ended}, so everything was stopped: see the log"
        ) from None
    except FolderInUse:
        raise _already_serving(_address_in(folder)) from None
    except EmbeddedPostgresError as error:
        raise CommandFailed(ExitCode.UNAVAILABLE, "DATABASE_NOT_STARTED", str(error)) from None
    except WrongSetting as error:
        # Not by their variables, of which `serve` reads none.
        problems = "; ".join(problem for _, problem in error.problems)
        raise CommandFailed(ExitCode.UNAVAILABLE, "NOT_STARTED", problems) from None


def with_assistance(model: ModelSettings | None, assist_reading: bool) -> ModelSettings | None:
    """Returns the model, which is shown documents that are not read surely where that is asked for."""
    return model.model_copy(update={"assists_reading": assist_reading}) if model else None


def _model(
    folder: Path,
    inference: bool,
    elsewhere: ModelSettings | None,
    report: Callable[[str], None],
) -> AbstractAsyncContextManager[ModelSettings | None]:
    if inference:
        return model_beside(folder, report)
    return model_elsewhere(elsewhere, report) if elsewhere else nullcontext()


async def _served(
    address: Path, stack: LocalStack, on_started: Callable[[], None], stop: asyncio.Event
) -> None:
    """Returns once `stop` is set; until then clients find the address in its file."""
    address.write_text(f"{LOOPBACK}:{stack.ingest_port}\n", encoding="utf-8")
    try:
        on_started()
        await stop.wait()
    finally:
        address.unlink(missing_ok=True)


def _already_serving(address: str) -> CommandFailed:
    where = f"at {address}" if address else "(it has not come to listen yet)"
    return CommandFailed(
        ExitCode.CONFLICT, "ALREADY_SERVING", f"already serving this folder {where}"
    )


def _address_in(folder: Path) -> str:
    try:
        return (folder / ADDRESS_FILE_NAME).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""  # nobody serves, or nobody can say where


def _answers(address: str) -> bool:
    """Says whether somebody listens there: a file that a killed `serve` has left names a port that nobody has."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except (OSError, ValueError):
        return False
    return True


def _require_free(port: int, option: str) -> None:
    """Raises CommandFailed where the port is taken: now, rather than when PostgreSQL has been started for nothing."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError as error:
        raise CommandFailed(
            ExitCode.PORT_TAKEN,
            "PORT_UNAVAILABLE",
            f"cannot listen on port {port} ({os.strerror(error.errno or 0)}): choose one by {option}",
        ) from None
