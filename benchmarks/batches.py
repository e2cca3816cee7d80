"""Documents a second of a batch, against the services' own way and against Ray Data that only reads the same documents.

    python batches.py FOLDER [--documents N] [--rounds N]

Every way has the documents of the folder, and both of Ray one process for each processor. Each round has a tenant of its
own, so that nothing is there already.
"""

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count, cycle
from pathlib import Path

import grpc.aio
import psycopg
import ray

from invoice_batches.item_ranges import DoRange, OpenedDoRange, RangeCounts, do_ranges
from invoice_batches.job import opened_do_range
from invoice_reading.errors import DocumentUnreadable
from invoice_summarizer.adapters.embedded_postgres.databases import DATABASE, SUPERUSER
from invoice_summarizer.adapters.token_file.creation import add_token
from invoice_summarizer.document_reading import opened_document_reader
from invoice_summarizer.domain.batch import MOST_ITEMS
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.environment import variables_of
from invoice_summarizer.local_stack import LocalStack, local_stack, no_jobs
from invoice_summarizer.ports.batch_jobs import BatchJobs
from invoice_summarizer.processes.batch import opened_batch_runner
from invoice_summarizer.settings import BatchProcessSettings, ReadingSettings, WholeSettings
from invoice_summarizer.telemetry import configure_logging
from invoices.v1 import batch_pb2, invoice_pb2, summarize_service_pb2
from local_ray.child import free_port
from local_ray.ray_settings import ray_arguments, ray_environment
from measurement import Row, interleaved, ratios, report, row
from tenant_client import TenantClient

AT_ONCE = 16  # calls of the clients of the services
KINDS = {".xml", ".pdf"}
PROCESSES = 2  # that read documents, of each process of a pool; as a batch has by its defaults
_STORED = """
    SELECT sum(reltuples)::bigint, sum(pg_total_relation_size(oid))::bigint FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


@dataclass(slots=True)
class Bench:
    folder: Path
    stack: LocalStack
    settings: WholeSettings
    documents: Sequence[Path]
    imports: Path
    numbers: "count[int]" = field(default_factory=count)
    rates: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    refused: Counter[str] = field(default_factory=Counter)  # documents of a batch, by the reason

    def client(self, tenant: str) -> TenantClient:
        token = add_token(
            self.settings.token_file, subject=tenant, tenant=tenant, roles=frozenset(Role)
        )
        ports = {"ingest": self.stack.ingest_port, "query": self.stack.query_port}
        return TenantClient(tenant, token, summarize=self.stack.summarize_port, **ports)

    async def batch(self) -> None:
        """A batch of the documents is created, planned and done."""
        client = self.client(f"batch-{next(self.numbers)}")
        folder = self.imports / client.tenant
        folder.mkdir()
        for document in self.documents:
            os.link(document, folder / document.name)
        operation = await client.summarize.CreateBatch(
            summarize_service_pb2.CreateBatchRequest(
                parent=client.parent, batch=batch_pb2.Batch(uri_prefix=f"file://{folder}")
            ),
            metadata=client.credentials,
        )
        batch_id = operation.name.rpartition("/")[2]
        async with opened_batch_runner(_job_settings(self.settings)) as runner:
            total = await runner.plan(client.tenant, batch_id)
        await self.do("batch", total, partial(opened_do_range, client.tenant, batch_id))
        self.refused = await _refused(client, f"{client.parent}/batches/{batch_id}")
        await client.close()

    async def read_only(self) -> None:
        """Ray Data has read the documents, and nobody keeps what was read."""
        await self.do("read", len(self.documents), partial(_opened_reading, self.documents))

    async def do(self, way: str, total: int, opened: OpenedDoRange) -> None:
        """All ranges are done; the rate without the start is that from the first of them to the last."""

        def ranges() -> list[tuple[float, int]]:
            return [
                (time.perf_counter(), each.summarized + each.failed)
                for each in do_ranges(total, opened)
            ]

        done = await asyncio.to_thread(ranges)
        assert sum(items for _, items in done) == total
        (begun, first), (ended, _) = done[0], done[-1]
        self.rates[way].append((total - first) / (ended - begun))

    async def services(self) -> None:
        """Clients have sent the documents one by one, waited for each, and had it summarized."""
        client = self.client(f"online-{next(self.numbers)}")
        places = asyncio.Semaphore(AT_ONCE)

        async def summarized(document: Path) -> None:
            async with places:
                try:
                    operation = await client.uploaded(document.read_bytes())
                except grpc.aio.AioRpcError as error:
                    if error.code() is not grpc.StatusCode.INVALID_ARGUMENT:
                        raise
                    return
                done = await client.waited(operation.name, 60)
                invoice = invoice_pb2.Invoice()
                if done.response.Unpack(invoice):
                    await client.summarize.SummarizeInvoice(
                        summarize_service_pb2.SummarizeInvoiceRequest(name=invoice.name),
                        metadata=client.credentials,
                    )

        async with asyncio.TaskGroup() as tasks:
            for document in self.documents:
                tasks.create_task(summarized(document))
        await client.close()


async def _refused(client: TenantClient, batch: str) -> Counter[str]:
    """Returns how many items of the batch have failed, by their reasons."""
    refused, token, more = Counter[str](), "", True
    while more:
        page = await client.summarize.ListBatchItems(
            summarize_service_pb2.ListBatchItemsRequest(
                parent=batch, filter="state=FAILED", page_size=1_000, page_token=token
            ),
            metadata=client.credentials,
        )
        refused.update(item.failure_reason for item in page.items)
        token = page.next_page_token
        more = bool(token)
    return refused


@asynccontextmanager
async def _opened_nothing() -> AsyncIterator[DoRange]:
    async def do_range(first: int, last: int) -> RangeCounts:
        return RangeCounts(last - first, 0)

    yield do_range


@asynccontextmanager
async def _opened_reading(documents: Sequence[Path]) -> AsyncIterator[DoRange]:
    settings = ReadingSettings(processes=PROCESSES)
    async with opened_document_reader(settings) as reader:

        async def read(document: Path) -> bool:
            try:
                await reader.read(document.read_bytes())
            except DocumentUnreadable:
                return False
            return True

        async def do_range(first: int, last: int) -> RangeCounts:
            done = await asyncio.gather(*map(read, documents[first:last]))
            return RangeCounts(sum(done), len(done) - sum(done))

        yield do_range


def _job_settings(settings: WholeSettings) -> BatchProcessSettings:
    names = BatchProcessSettings.model_fields
    return BatchProcessSettings(**{name: getattr(settings, name) for name in names})


async def _compare(documents: Sequence[Path], imports: Path, folder: Path, rounds: int) -> None:
    seen: list[WholeSettings] = []

    def open_jobs(settings: WholeSettings) -> AbstractAsyncContextManager[BatchJobs | None]:
        seen.append(settings)
        return no_jobs(settings)

    number = len(documents)
    async with local_stack(folder, import_folder=imports, open_jobs=open_jobs) as stack:
        os.environ.update(variables_of(seen[0], BatchProcessSettings))
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
        processors = len(os.sched_getaffinity(0))
        with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as scratch:
            ray.init(
                **ray_arguments(Path(scratch), places=processors, metrics_port=free_port()),
                logging_level="ERROR",
            )
            bench = Bench(folder, stack, seen[0], documents, imports)
            ways = {
                "batch": bench.batch,
                "read": bench.read_only,
                "services": bench.services,
            }
            seconds = await interleaved(ways, rounds)
            await bench.do("nothing", MOST_ITEMS, _opened_nothing)
            ray.shutdown()
        [nothing] = bench.rates.pop("nothing")
        rates = {way: values[1:] for way, values in bench.rates.items()}  # as `interleaved` does
        report(
            "batches",
            [
                *(
                    row(name, "documents/s", [number / each for each in seconds[way]])
                    for name, way in (
                        (f"{number} documents read, stored, summarized: batch", "batch"),
                        ("the same by the services, one by one", "services"),
                        ("the same documents read only, by Ray Data", "read"),
                    )
                ),
                row("of them summarized", "documents", [number - bench.refused.total()]),
                *(
                    row(f"of them refused, {reason}", "documents", [count])
                    for reason, count in bench.refused.most_common()
                ),
                row("batch, once its processes run", "documents/s", rates["batch"]),
                row(
                    "batch, once its processes run: summarized",
                    "documents/s",
                    [each * (1 - bench.refused.total() / number) for each in rates["batch"]],
                ),
                row("read only, once its processes run", "documents/s", rates["read"]),
                row(
                    "batch to reading only",
                    "ratio",
                    ratios(seconds["read"], seconds["batch"]),
                    "at least 0.8",
                ),
                row(
                    "batch to reading only, once they run",
                    "ratio",
                    ratios(rates["batch"], rates["read"]),
                    "at least 0.8",
                ),
                row(
                    "batch to the services", "ratio", ratios(seconds["services"], seconds["batch"])
                ),
                row(f"{MOST_ITEMS:,} items of which nothing is done", "items/s", [nothing]),
                *await _stored(folder, 2 * (rounds + 1) * number),
            ],
        )


async def _stored(folder: Path, documents: int) -> list[Row]:
    """Returns what each document takes that was taken in and summarized."""
    socket = folder / "postgres" / "socket"
    dsn = f"postgresql://{SUPERUSER}@/{DATABASE}?host={socket}"
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.execute("ANALYZE")
        rows, size = await (await connection.execute(_STORED)).fetchone() or (0, 0)
    files = (path for path in (folder / "objects").rglob("*") if path.is_file())
    objects = sum(path.stat().st_size for path in files)
    return [
        row("rows in PostgreSQL", "a document", [rows / documents]),
        row("in PostgreSQL, with indexes", "KiB a document", [size / documents / 1024]),
        row("in the object store", "KiB a document", [objects / documents / 1024]),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with documents, in any folders below it")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    if "RAY_AUTH_TOKEN" not in os.environ:
        # Ray reads its environment while it is imported.
        environment = {**os.environ, **ray_environment(secrets.token_urlsafe(32))}
        os.execve(sys.executable, sys.orig_argv, environment)
    configure_logging("benchmark", "ERROR")
    found = sorted(path for path in chosen.folder.rglob("*") if path.suffix in KINDS)
    # Short, so that PostgreSQL's socket lies in it.
    with tempfile.TemporaryDirectory(prefix="batches-") as name:
        imports = Path(name) / "imports"
        documents = _copies(found, chosen.documents, Path(name) / "documents")
        imports.mkdir()
        asyncio.run(_compare(documents, imports, Path(name) / "data", chosen.rounds))


def _copies(found: Sequence[Path], number: int, folder: Path) -> list[Path]:
    """Returns so many documents, each with bytes of its own: a comment at the end makes copies differ."""
    folder.mkdir()
    documents = []
    for at, source in zip(range(number), cycle(found), strict=False):
        document = folder / f"{at:05}{source.suffix}"
        mark = f"%{at}\n" if source.suffix == ".pdf" else f"<!--{at}-->\n"
        document.write_bytes(source.read_bytes() + mark.encode())
        documents.append(document)
    return documents


if __name__ == "__main__":
    main()
