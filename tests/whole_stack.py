"""The whole system on one machine, with a look behind it: embedded PostgreSQL, files, reading processes, a worker.

from whole_stack import stack
"""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest_asyncio
from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import ErrorInfo

from invoice_summarizer.adapters.embedded_postgres.databases import DATABASE, SUPERUSER
from invoice_summarizer.local_stack import LocalStack, local_stack
from invoices.v1 import (
    ingest_service_pb2_grpc,
    invoice_pb2,
    query_service_pb2_grpc,
    validate_service_pb2_grpc,
)
from rpc_fixture import bearer, upload
from small_invoice import ubl_invoice
from stored_state import StoredState

PARENT = "tenants/default"
SECONDS = 60  # within which every call has its answer
MEBIBYTE = 1 << 20


class Stack:
    """The running system with its stubs, and what a superuser and a look into the folder see of it."""

    def __init__(self, local: LocalStack, folder: Path, channel: grpc.aio.Channel) -> None:
        socket = folder / "postgres" / "socket"
        self.state = StoredState(
            f"postgresql://{SUPERUSER}@/{DATABASE}?host={socket}", folder / "objects"
        )
        self.owner = bearer(local.token)
        self.channel = channel
        self.ingest: Any = ingest_service_pb2_grpc.IngestServiceStub(channel)
        self.query: Any = query_service_pb2_grpc.QueryServiceStub(channel)
        self.validate: Any = validate_service_pb2_grpc.ValidateServiceStub(channel)
        self.operations: Any = operations_pb2_grpc.OperationsStub(channel)
        self._good = 0

    async def stored(self) -> tuple[Any, ...]:
        """Returns how many rows each table has, and the objects."""
        counts = await self.state.rows(
            "SELECT (SELECT count(*) FROM invoices), (SELECT count(*) FROM operations),"
            " (SELECT count(*) FROM idempotency_keys), (SELECT count(*) FROM audit_log)"
        )
        return *counts[0], self.state.objects()

    async def upload(self, data: bytes, **header: str) -> operations_pb2.Operation:
        chunks = (data[start : start + MEBIBYTE] for start in range(0, len(data), MEBIBYTE))
        operation: operations_pb2.Operation = await self.ingest.UploadInvoice(
            upload(*chunks, parent=PARENT, **header), metadata=self.owner, timeout=SECONDS
        )
        return operation

    async def failed(self, operation: operations_pb2.Operation) -> tuple[str, str]:
        """Waits for the operation; returns its reason of failure and the message."""
        done = await self.operations.WaitOperation(
            operations_pb2.WaitOperationRequest(
                name=operation.name, timeout=Duration(seconds=SECONDS)
            ),
            metadata=self.owner,
            timeout=SECONDS,
        )
        assert done.done, "not read within the time"
        info = ErrorInfo()
        assert done.HasField("error") and done.error.details[0].Unpack(info)
        return info.reason, done.error.message

    async def is_alive(self) -> None:
        """A good document that is new goes through."""
        self._good += 1
        operation = await self.upload(ubl_invoice(f"Good-{self._good}"))
        done = await self.operations.WaitOperation(
            operations_pb2.WaitOperationRequest(name=operation.name),
            metadata=self.owner,
            timeout=SECONDS,
        )
        invoice = invoice_pb2.Invoice()
        assert done.response.Unpack(invoice)
        assert invoice.status == invoice_pb2.Invoice.READY


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stack() -> AsyncIterator[Stack]:
    # Short, so that PostgreSQL's socket lies in it.
    with tempfile.TemporaryDirectory(prefix="bad-") as name:
        folder = Path(name) / "data"
        options = [("grpc.max_send_message_length", -1)]
        async with (
            local_stack(folder, throwaway=True) as local,
            grpc.aio.insecure_channel(f"127.0.0.1:{local.ingest_port}", options=options) as channel,
        ):
            yield Stack(local, folder, channel)
