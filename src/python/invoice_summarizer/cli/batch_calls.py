"""The methods on batches, as a part of the client."""

from __future__ import annotations  # the asynchronous stubs are classes of the type stubs only

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from google.longrunning import operations_pb2

from invoices.v1 import batch_pb2, summarize_service_pb2, summarize_service_pb2_grpc

Answer = TypeVar("Answer")


class Call(Protocol):
    """Calls a method with what every call has. Raises CallFailed."""

    async def __call__(
        self, method: Callable[..., Awaitable[Answer]], request: object
    ) -> Answer: ...


class BatchCalls:
    """Every method raises CallFailed. Batches are given by their full names."""

    def __init__(
        self, call: Call, stub: summarize_service_pb2_grpc.SummarizeServiceAsyncStub, parent: str
    ) -> None:
        self._call = call
        self._stub = stub
        self._parent = parent

    async def create(self, batch: batch_pb2.Batch, request_id: str) -> operations_pb2.Operation:
        request = summarize_service_pb2.CreateBatchRequest(
            parent=self._parent, batch=batch, request_id=request_id
        )
        return await self._call(self._stub.CreateBatch, request)

    async def get(self, name: str) -> batch_pb2.Batch:
        request = summarize_service_pb2.GetBatchRequest(name=name)
        return await self._call(self._stub.GetBatch, request)

    async def list(
        self, *, page_size: int = 0, page_token: str = ""
    ) -> summarize_service_pb2.ListBatchesResponse:
        request = summarize_service_pb2.ListBatchesRequest(
            parent=self._parent, page_size=page_size, page_token=page_token
        )
        return await self._call(self._stub.ListBatches, request)

    async def list_items(
        self, batch: str, *, filter: str = "", page_size: int = 0, page_token: str = ""
    ) -> summarize_service_pb2.ListBatchItemsResponse:
        request = summarize_service_pb2.ListBatchItemsRequest(
            parent=batch, filter=filter, page_size=page_size, page_token=page_token
        )
        return await self._call(self._stub.ListBatchItems, request)

    async def cancel(self, name: str) -> None:
        request = summarize_service_pb2.CancelBatchRequest(name=name)
        await self._call(self._stub.CancelBatch, request)

    async def delete(self, name: str) -> None:
        request = summarize_service_pb2.DeleteBatchRequest(name=name)
        await self._call(self._stub.DeleteBatch, request)
