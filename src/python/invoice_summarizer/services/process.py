"""A process of the system: from its settings to SIGTERM and a graceful end."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog

from invoice_summarizer.bootstrap import (
    Adapters,
    Service,
    api_server,
    keep_house,
    opened_adapters,
    work,
)
from invoice_summarizer.heap import freeze_heap
from invoice_summarizer.rpc.server import ApiServer
from invoice_summarizer.settings import Settings, WrongSetting, read_settings
from invoice_summarizer.telemetry import Metrics, configure_logging

EXIT_USAGE = 2

_log = structlog.get_logger()

Services = Callable[[Adapters, Settings, Metrics], Sequence[Service]]


def run_server(name: str, services: Services) -> None:
    """Serves the services until SIGTERM or SIGINT."""
    _run(name, lambda settings: _serve(name, settings, services))


def run_worker(name: str) -> None:
    """Works on operations until SIGTERM or SIGINT, then ends those under way."""
    _run(name, lambda settings: _work(name, settings))


def require_no_arguments(name: str) -> None:
    """Ends the process where it was given arguments: 0 where help was asked for, else 2."""
    if arguments := sys.argv[1:]:
        print(
            f"{name} takes no arguments: its settings are environment variables, see docs/configuration.md"
        )
        sys.exit(0 if arguments in (["--help"], ["-h"]) else EXIT_USAGE)


def _run(name: str, main: Callable[[Settings], Coroutine[Any, Any, None]]) -> None:
    """Runs the process; where a setting cannot be used, says which on standard error and exits with 2."""
    require_no_arguments(name)
    try:
        settings = read_settings()
        configure_logging(name, settings.log_level)
        asyncio.run(main(settings))
    except WrongSetting as error:
        print(error, file=sys.stderr)
        sys.exit(EXIT_USAGE)


def stop_on_signals() -> asyncio.Event:
    """Returns an event of the running loop that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _serve(name: str, settings: Settings, services: Services) -> None:
    stop = stop_on_signals()
    metrics = Metrics()
    endpoint = settings.metrics
    async with opened_adapters(settings, name) as adapters:
        server = api_server(
            settings.server, adapters, metrics, services(adapters, settings, metrics)
        )
        with metrics.served(endpoint.host, endpoint.port) as metrics_port:
            port = await _started(server, settings)
            freeze_heap()
            _log.info("serving", host=settings.server.host, port=port, metrics_port=metrics_port)
            await stop.wait()
            _log.info("draining")
            await server.stop()
    _log.info("stopped")


async def _started(server: ApiServer, settings: Settings) -> int:
    try:
        return await server.start()
    except RuntimeError:
        place = f"{settings.server.host}:{settings.server.port}"
        raise WrongSetting(("INVOICES_SERVER__PORT", f"cannot listen on {place}")) from None


async def _work(name: str, settings: Settings) -> None:
    stop = stop_on_signals()
    metrics = Metrics()
    endpoint = settings.metrics
    async with opened_adapters(settings, name) as adapters:
        with metrics.served(endpoint.host, endpoint.port) as metrics_port:
            freeze_heap()
            _log.info("working", slots=settings.worker.slots, metrics_port=metrics_port)
            sweeping = asyncio.create_task(keep_house(adapters).regularly(stop))
            await work(adapters, settings, metrics, worker_name())(stop)
            await sweeping
    _log.info("stopped")


def worker_name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"
