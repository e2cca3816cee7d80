"""All processes with a bucket in place of a folder: documents go through, and what fails there fails nothing else."""

import hashlib
from collections.abc import AsyncIterator

import grpc
import pytest

from invoices.v1 import query_service_pb2
from rpc_fixture import invoice_name
from s3_fixture import Bucket, S3Server
from separate_processes import SeparateProcesses, separate_processes
from small_invoice import ubl_invoice
from tenant_client import TenantClient

TENANT = "acme"


@pytest.fixture
async def system_and_server() -> AsyncIterator[tuple[SeparateProcesses, S3Server, Bucket]]:
    server = S3Server()
    try:
        bucket = Bucket(server.url)
        environment = {**bucket.settings(), "INVOICES_OBJECTS__ANSWER_SECONDS": "5"}
        async with separate_processes(
            tenants=[TENANT], workers=1, environment=environment, throwaway=True
        ) as system:
            yield system, server, bucket
    finally:
        server.kill()


async def document(client: TenantClient, invoice: str) -> bytes:
    call = client.query.GetDocument(
        query_service_pb2.GetDocumentRequest(name=invoice), metadata=client.credentials
    )
    return b"".join([chunk.data async for chunk in call])


async def refusal_of(client: TenantClient, invoice: str) -> grpc.StatusCode:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await document(client, invoice)
    return caught.value.code()


async def test_documents_go_through_the_bucket(
    system_and_server: tuple[SeparateProcesses, S3Server, Bucket],
) -> None:
    system, server, bucket = system_and_server
    client = system.client(TENANT)
    data = ubl_invoice("B-1")
    sha256 = hashlib.sha256(data).hexdigest()
    operation = await client.ingested(data)
    assert (await client.waited(operation.name)).HasField("response"), "a worker has read it"
    invoice = invoice_name(operation)
    assert await document(client, invoice) == data
    key = f"{TENANT}/{sha256[:2]}/{sha256}"
    assert bucket.object_keys() == {key}
    assert not [*(system.folder / "objects").rglob("*")]

    bucket.client.put_object(Bucket=bucket.name, Key=key, Body=data[:-1])
    assert await refusal_of(client, invoice) == grpc.StatusCode.DATA_LOSS

    server.kill()
    assert await refusal_of(client, invoice) == grpc.StatusCode.UNAVAILABLE
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await client.ingested(ubl_invoice("B-2"))
    assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    found = await client.query.GetInvoice(
        query_service_pb2.GetInvoiceRequest(name=invoice), metadata=client.credentials
    )
    assert found.name == invoice, "what needs no document goes on"
    assert [await process.http_status("/readyz") for process in system.processes] == [200] * len(
        system.processes
    )
    assert sha256 not in system.logs()
