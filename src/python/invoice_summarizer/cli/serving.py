"""Runs the local stack until a signal, and leaves its address where clients look for it."""

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


async def serve_until_signal(
    folder: Path,
    port: int,
    *,
    log_level: str,
    log: TextIO | None,
    on_started: Callable[[LocalStack], None],
) -> None:
    """Returns after SIGTERM or SIGINT, with nothing left running. Raises CommandFailed where it cannot start."""
    configure_logging("local", log_level, log)
    stop = stop_on_signals()
    try:
        async with local_stack(folder, port=port) as stack:
            address = folder / ADDRESS_FILE_NAME
            address.write_text(f"127.0.0.1:{stack.ingest_port}\n", encoding="utf-8")
            try:
                on_started(stack)
                await stop.wait()
            finally:
                address.unlink(missing_ok=True)
    except EmbeddedPostgresError as error:
        raise CommandFailed(ExitCode.UNAVAILABLE, "DATABASE_NOT_STARTED", str(error)) from None
    except RuntimeError as error:
        # gRPC says it in words only.
        if "bind" not in str(error):
            raise
        raise CommandFailed(
            ExitCode.UNAVAILABLE, "PORT_IN_USE", f"port {port} is in use: choose one by --port"
        ) from None
