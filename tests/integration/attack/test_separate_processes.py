"""The system as separate processes: all of it serves, comes back after SIGKILL, and is gone at the end."""

import asyncio

from invoices.v1 import query_service_pb2, summarize_service_pb2
from process_facts import is_gone
from rpc_fixture import invoice_name
from separate_processes import SeparateProcesses, separate_processes
from small_invoice import ubl_invoice


async def goes_through(system: SeparateProcesses, tenant: str, number: str) -> None:
    """A new document is read by a worker, and query and summarize answer about it."""
    client = system.client(tenant)
    operation = await client.ingested(ubl_invoice(number))
    assert (await client.waited(operation.name)).HasField("response")
    invoice = await client.query.GetInvoice(
        query_service_pb2.GetInvoiceRequest(name=invoice_name(operation)),
        metadata=client.credentials,
    )
    assert invoice.name == invoice_name(operation)
    summary = await client.summarize.SummarizeInvoice(
        summarize_service_pb2.SummarizeInvoiceRequest(name=invoice.name),
        metadata=client.credentials,
    )
    assert number in summary.text


async def test_everything_that_is_killed_comes_back_and_nothing_is_left_at_the_end() -> None:
    async with separate_processes(tenants=("acme", "other"), workers=1) as system:
        await goes_through(system, "acme", "R-1")
        await system.kill_postgres()
        system.start_postgres()
        await asyncio.gather(*(process.restart() for process in system.processes))
        await goes_through(system, "other", "R-2")
        assert set(system.open_descriptors()) == {"ingest-1", "query", "summarize", "worker-1"}
        assert min(system.peak_memory_bytes().values()) > 10_000_000
        assert '"event": "operation_ended"' in system.logs()
        await system.state.nothing_is_orphaned()
        [reading] = system.workers[0].reading_processes
        pids = {reading, *(process.pid for process in system.processes)}
    async with asyncio.timeout(20):
        while not all(map(is_gone, pids)):
            await asyncio.sleep(0.01)
    assert not system.folder.exists()
