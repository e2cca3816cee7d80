"""Batches from the API to the database, with a real Ray that does them: what is done, and what becomes of it when something is killed."""

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from invoice_summarizer.adapters.embedded_postgres.databases import DATABASE, SUPERUSER
from invoice_summarizer.adapters.ray_jobs.batch_jobs import RayBatchJobs
from invoice_summarizer.adapters.token_file.creation import add_token
from invoice_summarizer.cli.local_jobs import LOG_FILE_NAME, jobs_beside
from invoice_summarizer.domain.principal import Role
from invoice_summarizer.local_stack import LocalStack, local_stack
from invoice_summarizer.ports.batch_jobs import BatchJob, BatchJobs, JobsUnavailable
from invoice_summarizer.samples.catalogue import sample_invoices
from invoices.v1 import (
    batch_pb2,
    invoice_pb2,
    query_service_pb2,
    summarize_service_pb2,
    summary_pb2,
)
from process_facts import command_of, descendants_of, environment_of
from small_invoice import ubl_invoice
from stored_state import StoredState
from tenant_client import TenantClient

SECONDS = 200  # within which a batch is done, also where Ray starts anew
SELLER = "Verborgen Handelsgesellschaft"
JOB = "invoice_batches.job"
ACTOR = "ray::MapWorker"
HEAD = "invoice_batches.serve_jobs"
UNKNOWN = BatchJob("default", "unknown")

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Batches:
    """The running system as a tenant sees it, the folder that batches take documents from, and what runs the jobs."""

    def __init__(self, folder: Path, imports: Path, stack: LocalStack) -> None:
        ports = {"ingest": stack.ingest_port, "query": stack.query_port}
        self.client = TenantClient(
            stack.tenant, stack.token, summarize=stack.summarize_port, **ports
        )
        token = add_token(
            folder / "tokens.json", subject="other", tenant="other", roles=frozenset(Role)
        )
        self.online = TenantClient("other", token, summarize=stack.summarize_port, **ports)
        self.state = StoredState(
            f"postgresql://{SUPERUSER}@/{DATABASE}?host={folder / 'postgres' / 'socket'}",
            folder / "objects",
        )
        self.log = folder / LOG_FILE_NAME
        self._imports = imports / stack.tenant

    def put(self, name: str, *documents: bytes) -> str:
        """The documents lie in a folder of that name; returns its URI."""
        folder = self._imports / name
        folder.mkdir(parents=True)
        for number, document in enumerate(documents):
            (folder / f"{number:04}").write_bytes(document)
        return f"file://{folder}"

    async def create(self, uri: str) -> str:
        """Returns the name of the new batch."""
        request = summarize_service_pb2.CreateBatchRequest(
            parent=self.client.parent, batch=batch_pb2.Batch(uri_prefix=uri, language_code="de")
        )
        operation = await self.client.summarize.CreateBatch(
            request, metadata=self.client.credentials
        )
        return f"{self.client.parent}/batches/{operation.name.rpartition('/')[2]}"

    async def until(self, name: str, done: int) -> batch_pb2.Batch:
        """Returns the batch once so many items are done, or all are."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            batch: batch_pb2.Batch = await self.client.summarize.GetBatch(
                summarize_service_pb2.GetBatchRequest(name=name), metadata=self.client.credentials
            )
            if batch.state not in (batch_pb2.Batch.PENDING, batch_pb2.Batch.RUNNING):
                return batch
            if batch.counts.summarized + batch.counts.failed >= done > 0:
                return batch
            await asyncio.sleep(0.2)
        raise AssertionError(f"not done in time: {batch}")

    async def items(self, name: str) -> list[batch_pb2.BatchItem]:
        answer = await self.client.summarize.ListBatchItems(
            summarize_service_pb2.ListBatchItemsRequest(parent=name, page_size=1000),
            metadata=self.client.credentials,
        )
        return [*answer.items]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def batches() -> AsyncIterator[Batches]:
    # Short, so that PostgreSQL's socket lies in it.
    with tempfile.TemporaryDirectory(prefix="batch-") as name:
        folder, imports = Path(name) / "data", Path(name) / "imports"
        async with local_stack(
            folder, throwaway=True, import_folder=imports, open_jobs=jobs_beside(folder, print)
        ) as stack:
            running = Batches(folder, imports, stack)
            yield running
            await running.client.close()
            await running.online.close()


async def test_items_become_what_the_services_make_of_them(batches: Batches) -> None:
    documents = [sample.data for sample in sample_invoices()]
    uri = batches.put("samples", *documents, b"GIF89a a photo")
    name = await batches.create(uri)
    batch = await batches.until(name, 0)
    assert batch.state == batch_pb2.Batch.SUCCEEDED
    assert (batch.counts.summarized, batch.counts.failed) == (len(documents), 1)
    *items, photo = await batches.items(name)
    assert photo.failure_reason == "DOCUMENT_TYPE_UNSUPPORTED"
    for item, document in zip(items, documents, strict=True):
        stored = await _stored(batches.client, item.invoice, item.summary)
        assert stored == await _online(batches.online, document)


CALLS: dict[str, Callable[[BatchJobs], Awaitable[object]]] = {
    "submit": lambda jobs: jobs.submit(UNKNOWN),
    "state": lambda jobs: jobs.state(UNKNOWN),
    "stop": lambda jobs: jobs.stop(UNKNOWN),
    "logs": lambda jobs: anext(aiter(jobs.logs(UNKNOWN))),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("token", ["", "a-wrong-token"])
async def test_wrong_and_missing_tokens_are_refused(
    batches: Batches, call: str, token: str
) -> None:
    where = f"127.0.0.1:{command_of(_head()).split()[-1]}"
    status = 403 if token else 401
    jobs = RayBatchJobs(f"http://{where}", token)
    with pytest.raises(JobsUnavailable) as failure:
        await CALLS[call](jobs)
    assert str(failure.value) == f"the Ray cluster at {where} refuses the token (HTTP {status})"
    await jobs.aclose()


async def test_killed_job_process_and_ray_are_followed_by_jobs_that_do_the_rest_once(
    batches: Batches,
) -> None:
    total = 300
    documents = (ubl_invoice(f"K-{number}", seller=SELLER) for number in range(total))
    name = await batches.create(batches.put("killed", *documents))
    await batches.until(name, 1)
    _kill(ACTOR)
    await batches.until(name, 80)
    _kill(JOB)
    await batches.until(name, 160)
    _kill(HEAD)
    batch = await batches.until(name, 0)
    assert batch.state == batch_pb2.Batch.SUCCEEDED
    assert (batch.counts.summarized, batch.counts.failed) == (total, 0)
    assert int(batch.job.rpartition("-")[2]) in (2, 3), "Ray started anew takes a job of any number"
    items = await batches.items(name)
    assert len({item.invoice for item in items}) == len({item.summary for item in items}) == total
    stored = await batches.state.rows(
        "SELECT (SELECT count(*) FROM summaries WHERE invoice_id = ANY(%(invoices)s)),"
        " (SELECT count(*) FROM audit_log"
        " WHERE kind = 'invoice.summarized' AND invoice_id = ANY(%(invoices)s))",
        invoices=[item.invoice.rpartition("/")[2] for item in items],
    )
    assert stored == [(total, total)]


async def test_cancelled_batch_has_its_job_stopped_and_keeps_what_was_done(
    batches: Batches,
) -> None:
    documents = (ubl_invoice(f"C-{number}") for number in range(300))
    name = await batches.create(batches.put("cancelled", *documents))
    await batches.until(name, 1)
    await batches.client.summarize.CancelBatch(
        summarize_service_pb2.CancelBatchRequest(name=name), metadata=batches.client.credentials
    )
    batch = await batches.until(name, 0)
    assert batch.state == batch_pb2.Batch.CANCELLED
    assert 1 <= batch.counts.summarized < batch.counts.total
    end = time.monotonic() + SECONDS
    while any(JOB in command_of(pid) for pid in descendants_of(os.getpid())):
        assert time.monotonic() < end, "the job goes on"
        await asyncio.sleep(0.2)


async def test_neither_content_nor_secrets_are_in_the_logs_of_ray(batches: Batches) -> None:
    commands = [command_of(pid) for pid in descendants_of(os.getpid())]
    environment = environment_of(_head())
    secret = environment["RAY_AUTH_TOKEN"], environment["INVOICES_DATABASE__DSN"]
    assert not [command for command in commands if any(each in command for each in secret)]
    scratch = Path(environment["LOCAL_RAY"])
    logs = [path for path in (batches.log, *scratch.rglob("*")) if path.is_file()]
    assert any(path.name.startswith("job-driver-") for path in logs)
    hidden = [each.encode() for each in (*secret, SELLER)]
    assert not [path for path in logs if path.suffix != ".sock" and _holds(path, hidden)]


Told = tuple[invoice_pb2.Invoice, summary_pb2.Summary]


async def _online(client: TenantClient, document: bytes) -> Told:
    """Returns what the services make of the document."""
    done = await client.waited((await client.ingested(document)).name)
    invoice = invoice_pb2.Invoice()
    assert done.response.Unpack(invoice)
    summary = await client.summarize.SummarizeInvoice(
        summarize_service_pb2.SummarizeInvoiceRequest(name=invoice.name, language_code="de"),
        metadata=client.credentials,
    )
    return await _stored(client, invoice.name, summary.name)


async def _stored(client: TenantClient, invoice_name: str, summary_name: str) -> Told:
    """Returns what is stored, without what differs between any two invoices: names, times, and the document's own name."""
    invoice = await client.query.GetInvoice(
        query_service_pb2.GetInvoiceRequest(name=invoice_name), metadata=client.credentials
    )
    summary = await client.query.GetSummary(
        query_service_pb2.GetSummaryRequest(name=summary_name), metadata=client.credentials
    )
    for field in ("name", "document", "create_time", "update_time", "etag"):
        invoice.ClearField(field)
    for field in ("name", "create_time", "invoice_etag", "stored_before"):
        summary.ClearField(field)
    return invoice, summary


def _head() -> int:
    [head] = (pid for pid in descendants_of(os.getpid()) if HEAD in command_of(pid))
    return head


def _kill(command: str) -> None:
    """Kills a process by which the jobs are run."""
    found = [pid for pid in descendants_of(os.getpid()) if command in command_of(pid)]
    assert found, f"there is no {command}"
    os.kill(found[0], signal.SIGKILL)


def _holds(path: Path, hidden: list[bytes]) -> bool:
    content = path.read_bytes()
    return any(each in content for each in hidden)
