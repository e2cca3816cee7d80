"""A process of the system: from its settings to SIGTERM and its end."""

import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from invoice_summarizer.environment import read_settings
from invoice_summarizer.processes.named_things import Looks, problems_of
from invoice_summarizer.processes.parts import PartEnded
from invoice_summarizer.settings import ProcessSettings, WrongSetting
from invoice_summarizer.telemetry import configure_logging

EXIT_FAULT = 1
EXIT_USAGE = 2

Kind = TypeVar("Kind", bound=ProcessSettings)


def run(
    name: str, kind: type[Kind], looks: Looks, main: Callable[[Kind], Coroutine[Any, Any, None]]
) -> None:
    """Runs the process until its main ends; `looks` are at what its settings name, before anything is begun.

    Where a setting cannot be used, says which on standard error and exits with 2; where a part of the process ended by
    itself, the log has said so, and it exits with 1.
    """
    require_no_arguments(name)
    try:
        settings = read_settings(kind, partial(problems_of, looks))
        configure_logging(name, settings.log_level)
        asyncio.run(main(settings))
    except WrongSetting as error:
        print(error, file=sys.stderr)
        sys.exit(EXIT_USAGE)
    except PartEnded:
        sys.exit(EXIT_FAULT)


def require_no_arguments(name: str) -> None:
    """Ends the process where it was given arguments: 0 where help was asked for, else 2."""
    if arguments := sys.argv[1:]:
        print(
            f"{name} takes no arguments: its settings are environment variables, see docs/configuration.md"
        )
        sys.exit(0 if arguments in (["--help"], ["-h"]) else EXIT_USAGE)


def stop_on_signals() -> asyncio.Event:
    """Returns an event of the running loop that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
