"""Operations a second from ingest to ready with two workers, against the bare loop of claim and complete."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import msgspec

from invoice_summarizer.adapters.embedded_postgres.server import EmbeddedPostgres
from invoice_summarizer.adapters.postgres.migrate import migrate
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.garbage_collection import ignore_what_is_there
from invoice_summarizer.local_stack import local_settings
from invoice_summarizer.ports.clock import new_uuid, utc_now
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.processes.worker import WorkerAdapters, opened_worker_adapters, work
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.telemetry import Metrics, configure_logging
from invoice_summarizer.use_cases.ingest_document import IncomingDocument, IngestDocument
from measurement import interleaved, peak_mebibytes, ratios, report, row

OPERATIONS = 60
WORKERS = 2
LEASE = timedelta(seconds=30)
CALLER = Principal(subject="benchmark", tenant="default", roles=frozenset(Role))


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data


class _Runs:
    def __init__(self, adapters: WorkerAdapters, slots: int) -> None:
        self._adapters = adapters
        self._slots = slots
        self._ingest = IngestDocument(adapters.transactions, adapters.objects, utc_now, new_uuid)
        self._made = 0

    async def _ingest_some(self) -> None:
        content = sample_invoices()[0].expected
        for _ in range(OPERATIONS):
            self._made += 1
            number = hashlib.sha256(str(self._made).encode()).hexdigest()[:12]
            data = cii_xml(msgspec.structs.replace(content, invoice_number=number))
            await self._ingest(CALLER, _once(data), IncomingDocument())

    async def ingest_to_ready(self) -> None:
        stop, done = asyncio.Event(), 0
        metrics = Metrics()
        workers = [
            asyncio.create_task(
                work(self._adapters, metrics, worker=f"worker-{n}", slots=self._slots)(stop)
            )
            for n in range(WORKERS)
        ]
        await self._ingest_some()
        while done < OPERATIONS:
            await asyncio.sleep(0.01)
            labels = {"kind": "ingest", "outcome": "done"}
            done = int(metrics.registry.get_sample_value("invoice_operations_total", labels) or 0)
        stop.set()
        await asyncio.gather(*workers)

    async def claim_and_complete(self) -> None:
        await self._ingest_some()

        async def loop(name: str) -> None:
            while claims := await self._adapters.queue.claim(name, LEASE, 1):
                [claim] = claims
                async with self._adapters.transactions.begin(claim.operation.tenant) as transaction:
                    await transaction.operations.complete(claim)

        await asyncio.gather(*(loop(f"bare-{n}") for n in range(WORKERS)))


async def _compare(folder: Path, dsn: str) -> None:
    settings = local_settings(folder, dsn)
    async with (
        opened_database(settings.database, "benchmark", in_a_thread) as database,
        opened_worker_adapters(settings, database, in_a_thread, Metrics()) as adapters,
    ):
        ignore_what_is_there()  # as every service does
        before = peak_mebibytes()
        runs = _Runs(adapters, settings.worker.slots)
        seconds = await interleaved(
            {"whole": runs.ingest_to_ready, "bare": runs.claim_and_complete}
        )
    report(
        "operations",
        [
            row("ingest to ready", "operations/s", [OPERATIONS / s for s in seconds["whole"]]),
            row(
                "ingest, claim, complete", "operations/s", [OPERATIONS / s for s in seconds["bare"]]
            ),
            row(
                "ingest to ready against it",
                "ratio",
                ratios(seconds["bare"], seconds["whole"]),
                "at least 0.7",
            ),
            row("peak memory before", "MiB", [before]),
            row("peak memory after", "MiB", [peak_mebibytes()]),
        ],
    )


def main() -> None:
    configure_logging("benchmark", "WARNING")
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "pg") as postgres:
        migrate(postgres.owner_dsn)
        asyncio.run(_compare(Path(folder), postgres.service_dsn))


if __name__ == "__main__":
    main()
