"""A tenant's connections to the servers, and the calls that tests make most."""

from typing import Any

import grpc.aio
from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf.duration_pb2 import Duration
from grpc_health.v1 import health_pb2_grpc

from invoices.v1 import (
    ingest_service_pb2_grpc,
    query_service_pb2_grpc,
    review_service_pb2_grpc,
    summarize_service_pb2_grpc,
    validate_service_pb2_grpc,
)
from rpc_fixture import bearer, ingest_request, upload

SECONDS = 20  # within which a call has its answer
_CHUNK_BYTES = 1 << 20


class TenantClient:
    """Each is a connection of its own to each server. `credentials` prove the tenant's owner, who may do everything.

    `ingest`, `query` and `summarize` are ports on loopback.
    """

    def __init__(self, tenant: str, token: str, *, ingest: int, query: int, summarize: int) -> None:
        self.tenant = tenant
        self.parent = f"tenants/{tenant}"
        self.credentials = bearer(token)
        self.channels = [_channel(port) for port in (ingest, query, summarize)]
        to_ingest, to_query, to_summarize = self.channels
        self.ingest: Any = ingest_service_pb2_grpc.IngestServiceStub(to_ingest)
        self.review: Any = review_service_pb2_grpc.ReviewServiceStub(to_ingest)
        self.validate: Any = validate_service_pb2_grpc.ValidateServiceStub(to_ingest)
        self.operations: Any = operations_pb2_grpc.OperationsStub(to_ingest)
        self.query: Any = query_service_pb2_grpc.QueryServiceStub(to_query)
        self.summarize: Any = summarize_service_pb2_grpc.SummarizeServiceStub(to_summarize)
        self.health: Any = health_pb2_grpc.HealthStub(to_ingest)

    async def ingested(self, data: bytes, *, request_id: str = "") -> operations_pb2.Operation:
        """Sends the document in one message, and returns its operation."""
        operation: operations_pb2.Operation = await self.ingest.IngestInvoice(
            ingest_request(data, self.parent, request_id=request_id),
            metadata=self.credentials,
            timeout=SECONDS,
        )
        return operation

    async def uploaded(self, data: bytes, *, request_id: str = "") -> operations_pb2.Operation:
        """Sends the document in chunks, and returns its operation."""
        chunks = (data[at : at + _CHUNK_BYTES] for at in range(0, len(data), _CHUNK_BYTES))
        operation: operations_pb2.Operation = await self.ingest.UploadInvoice(
            upload(*chunks, parent=self.parent, request_id=request_id),
            metadata=self.credentials,
            timeout=SECONDS,
        )
        return operation

    async def waited(self, operation: str, seconds: int = SECONDS) -> operations_pb2.Operation:
        """Returns the operation when it is done, or as it is after the time."""
        answer: operations_pb2.Operation = await self.operations.WaitOperation(
            operations_pb2.WaitOperationRequest(name=operation, timeout=Duration(seconds=seconds)),
            metadata=self.credentials,
            timeout=seconds + SECONDS,
        )
        return answer

    async def close(self) -> None:
        for channel in self.channels:
            await channel.close()


def _channel(port: int) -> grpc.aio.Channel:
    options = [
        ("grpc.max_send_message_length", -1),
        ("grpc.use_local_subchannel_pool", 1),  # else channels to one address share a connection
        # Servers come back within a second or two; a client's own pause grows to two minutes.
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.max_reconnect_backoff_ms", 500),
    ]
    return grpc.aio.insecure_channel(f"127.0.0.1:{port}", options=options)
