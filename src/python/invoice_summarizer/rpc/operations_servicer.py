"""google.longrunning.Operations over `tenants/{tenant}/operations/{operation}` (AIP-151)."""

import re
from datetime import timedelta
from typing import Any

import grpc.aio
from google.longrunning import operations_pb2, operations_pb2_grpc
from google.protobuf import empty_pb2

from aip.page_token import PageTokenCodec, page_size
from invoice_summarizer.domain.errors import InvalidInput
from invoice_summarizer.domain.operation import OperationState
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.call_context import caller
from invoice_summarizer.rpc.mapping.bounded import fitting
from invoice_summarizer.rpc.mapping.names import OPERATION, TENANT, own_name
from invoice_summarizer.rpc.mapping.operation import operation_to_proto
from invoice_summarizer.rpc.operation_view import view_any_operation
from invoice_summarizer.rpc.pages import (
    DEFAULT_PAGE_SIZE,
    MAXIMUM_PAGE_SIZE,
    next_time_token,
    time_cursor,
)
from invoice_summarizer.use_cases.cancel_operation import CancelOperation
from invoice_summarizer.use_cases.wait_for_operation import WaitForOperation

LONGEST_WAIT = timedelta(seconds=30)
_DONE_FILTER = re.compile(r"\s*done\s*=\s*(true|false)\s*")

Context = grpc.aio.ServicerContext[Any, Any]


class OperationsServicer(operations_pb2_grpc.OperationsServicer):  # type: ignore[misc]  # has no stubs
    def __init__(
        self,
        *,
        transactions: Transactions,
        reader: InvoiceReader,
        cancel: CancelOperation,
        wait: WaitForOperation,
        page_tokens: PageTokenCodec,
    ) -> None:
        self._transactions = transactions
        self._reader = reader
        self._cancel = cancel
        self._wait = wait
        self._page_tokens = page_tokens

    async def GetOperation(
        self, request: operations_pb2.GetOperationRequest, context: Context
    ) -> operations_pb2.Operation:
        ids = own_name(OPERATION, request.name, caller())
        async with self._transactions.begin(ids["tenant"]) as transaction:
            operation = await transaction.operations.get(ids["operation"])
        return await view_any_operation(self._reader, self._transactions, operation)

    async def ListOperations(
        self, request: operations_pb2.ListOperationsRequest, context: Context
    ) -> operations_pb2.ListOperationsResponse:
        """Newest first, without responses; the filter is empty, `done=true` or `done=false`."""
        ids = own_name(TENANT, request.name, caller())
        size = page_size(request.page_size, DEFAULT_PAGE_SIZE, MAXIMUM_PAGE_SIZE)
        scope = f"operations\0{request.name}\0{request.filter}".encode()
        async with self._transactions.begin(ids["tenant"]) as transaction:
            found = await transaction.operations.page(
                states=_states(request.filter),
                after=time_cursor(self._page_tokens, request.page_token, scope),
                limit=size + 1,
            )
        operations = fitting(map(operation_to_proto, found[:size]))
        return operations_pb2.ListOperationsResponse(
            operations=operations,
            next_page_token=next_time_token(self._page_tokens, found, len(operations), scope),
        )

    async def CancelOperation(
        self, request: operations_pb2.CancelOperationRequest, context: Context
    ) -> empty_pb2.Empty:
        ids = own_name(OPERATION, request.name, caller())
        await self._cancel(caller(), ids["operation"])
        return empty_pb2.Empty()

    async def WaitOperation(
        self, request: operations_pb2.WaitOperationRequest, context: Context
    ) -> operations_pb2.Operation:
        """Waits as long as the request says, at most 30 s; then the operation comes back as it stands."""
        ids = own_name(OPERATION, request.name, caller())
        operation = await self._wait(caller(), ids["operation"], _patience(request))
        return await view_any_operation(self._reader, self._transactions, operation)


def _patience(request: operations_pb2.WaitOperationRequest) -> timedelta:
    if not request.HasField("timeout"):
        return LONGEST_WAIT
    # By its seconds first: a Duration may be longer than any timedelta.
    seconds = min(max(request.timeout.seconds, 0), LONGEST_WAIT.seconds)
    return min(
        timedelta(seconds=seconds, microseconds=max(request.timeout.nanos, 0) / 1000), LONGEST_WAIT
    )


def _states(filter_text: str) -> frozenset[OperationState]:
    if not filter_text:
        return frozenset()
    match = _DONE_FILTER.fullmatch(filter_text)
    if match is None:
        raise InvalidInput(
            "operations are filtered by done=true or done=false",
            field="filter",
            reason="INVALID_FILTER",
            metadata={"position": "0"},
        )
    done = match[1] == "true"
    return frozenset(state for state in OperationState if state.done is done)
