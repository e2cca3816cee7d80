"""A process that serves: its gRPC server, and its HTTP port beside it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

import structlog

from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.garbage_collection import ignore_what_is_there
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.processes.credentials import TOKEN_LOOKS, looking_at, token_verifier
from invoice_summarizer.processes.database import DATABASE_LOOKS, opened_database
from invoice_summarizer.processes.http_port import http_port
from invoice_summarizer.processes.long_work import opened_long_work
from invoice_summarizer.processes.named_things import NO_LOOKS, Looks
from invoice_summarizer.processes.parts import running
from invoice_summarizer.processes.readiness import Readiness
from invoice_summarizer.processes.redis import STATE_LOOKS, SharedState, opened_state
from invoice_summarizer.processes.serving import TLS_LOOKS, api_server
from invoice_summarizer.rpc.server import Service
from invoice_summarizer.services.process import run, stop_on_signals
from invoice_summarizer.settings import ServerProcessSettings
from invoice_summarizer.telemetry import Metrics

Kind = TypeVar("Kind", bound=ServerProcessSettings)
Services = Callable[
    [Kind, PostgresDatabase, LongWork, SharedState, Metrics],
    AbstractAsyncContextManager[Sequence[Service]],
]

_log = structlog.get_logger()


def run_server(
    name: str, kind: type[Kind], services: Services[Kind], looks: Looks = NO_LOOKS
) -> None:
    """Serves the services until SIGTERM or SIGINT; `looks` are at what they need beside what every server does."""
    every = {**DATABASE_LOOKS, **TOKEN_LOOKS, **TLS_LOOKS, **STATE_LOOKS}
    run(name, kind, {**every, **looks}, lambda settings: _serve(name, settings, services))


async def _serve(name: str, settings: Kind, services: Services[Kind]) -> None:
    stop = stop_on_signals()
    metrics = Metrics()
    tokens = token_verifier(settings.token_file)
    async with (
        opened_long_work() as work,
        opened_state(settings.state, metrics) as state,
        opened_database(settings.database, name, work, state.wake_ups) as database,
        services(settings, database, work, state, metrics) as opened,
    ):
        server = api_server(settings.server, tokens, metrics, opened, state.places)
        readiness = Readiness(looking_at(tokens, database.problem), server.set_serving)
        with http_port(
            settings.http, metrics.registry, lambda: readiness.problem
        ) as http_port_number:
            port = await server.start(serving=False)
            ignore_what_is_there()
            _log.info("serving", host=settings.server.host, port=port, http_port=http_port_number)
            await readiness.look()
            parts = {"server": server.until(stop), "readiness": readiness.watch(stop)}
            async with running(parts, stop):
                await stop.wait()
                _log.info("draining")
    _log.info("stopped")
