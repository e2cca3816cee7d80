"""Runs the local stack until a signal, and leaves its address where clients look for it."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from invoice_summarizer.adapters.embedded_postgres.failure import EmbeddedPostgresError
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.options import ADDRESS_FILE_NAME
from invoice_summarizer.local_stack import LocalStack, local_stack
from invoice_summarizer.services.process import stop_on_signals
from invoice_summarizer.telemetry import configure_logging

LOOPBACK = "127.0.0.1"


async def serve_until_signal(
    folder: Path,
    port: int,
    *,
    log_level: str,
    log: TextIO | None,
    on_started: Callable[[LocalStack], None],
) -> None:
    """Returns after SIGTERM or SIGINT, with nothing left running. Raises CommandFailed where it cannot start."""
    _require_free(port)
    configure_logging("local", log_level, log)
    stop = stop_on_signals()
    try:
        async with local_stack(folder, port=port) as stack:
            address = folder / ADDRESS_FILE_NAME
            address.write_text(f"{LOOPBACK}:{stack.ingest_port}\n", encoding="utf-8")
            try:
                on_started(stack)
                await stop.wait()
            finally:
                address.unlink(missing_ok=True)
    except EmbeddedPostgresError as error:
        running = _address_in(folder)
        beside = f" (the address file says that one serves at {running})" if running else ""
        raise CommandFailed(
            ExitCode.UNAVAILABLE, "DATABASE_NOT_STARTED", f"{error}{beside}"
        ) from None


def _address_in(folder: Path) -> str:
    try:
        return (folder / ADDRESS_FILE_NAME).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""  # it only makes the message of another failure better


def _require_free(port: int) -> None:
    """Raises CommandFailed where the port is taken: now, rather than when PostgreSQL has been started for nothing."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError as error:
        raise CommandFailed(
            ExitCode.UNAVAILABLE,
            "PORT_UNAVAILABLE",
            f"cannot listen on port {port} ({error.strerror}): choose one by --port",
        ) from None
