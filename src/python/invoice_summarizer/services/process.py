"""A process of the system: from its settings to SIGTERM and a graceful end."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence

import structlog
from pydantic import ValidationError

from invoice_summarizer.bootstrap import (
    Adapters,
    Service,
    api_server,
    opened_adapters,
    sweep_objects,
    work,
)
from invoice_summarizer.heap import freeze_heap
from invoice_summarizer.settings import Settings
from invoice_summarizer.telemetry import Metrics, configure_logging

_EXIT_USAGE = 2

_log = structlog.get_logger()

Services = Callable[[Adapters, Settings, Metrics], Sequence[Service]]


def run_server(name: str, services: Services) -> None:
    """Serves the services until SIGTERM or SIGINT."""
    settings = _settings()
    configure_logging(name, settings.log_level)
    asyncio.run(_serve(name, settings, services))


def run_worker(name: str) -> None:
    """Works on operations until SIGTERM or SIGINT, then ends those under way."""
    settings = _settings()
    configure_logging(name, settings.log_level)
    asyncio.run(_work(name, settings))


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
            port = await server.start()
            freeze_heap()
            _log.info("serving", host=settings.server.host, port=port, metrics_port=metrics_port)
            await stop.wait()
            _log.info("draining")
            await server.stop()
    _log.info("stopped")


async def _work(name: str, settings: Settings) -> None:
    stop = stop_on_signals()
    metrics = Metrics()
    endpoint = settings.metrics
    async with opened_adapters(settings, name) as adapters:
        with metrics.served(endpoint.host, endpoint.port) as metrics_port:
            freeze_heap()
            _log.info("working", slots=settings.worker.slots, metrics_port=metrics_port)
            sweeping = asyncio.create_task(sweep_objects(adapters).regularly(stop))
            await work(adapters, settings, metrics, worker_name())(stop)
            await sweeping
    _log.info("stopped")


def worker_name() -> str:
    return f"{socket.gethostname()}-{os.getpid()}"


def _settings() -> Settings:
    """Reads the settings; where they are wrong, says which and exits with 2, without a value in the message."""
    try:
        return Settings()  # type: ignore[call-arg]  # the environment has the values
    except ValidationError as error:
        for problem in error.errors(include_input=False, include_url=False):
            variable = "INVOICES_" + "__".join(str(part) for part in problem["loc"]).upper()
            print(f"{variable}: {problem['msg']}", file=sys.stderr)
        sys.exit(_EXIT_USAGE)
