"""An operation as the caller sees it: where it has succeeded, with its invoice, its batch or the result of its replay."""

from google.longrunning import operations_pb2

from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.operation import Operation, OperationKind, OperationState
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.ports.transactions import Transactions
from invoice_summarizer.rpc.mapping.batch import batch_to_proto
from invoice_summarizer.rpc.mapping.operation import operation_to_proto, response_of
from invoice_summarizer.rpc.mapping.replay import replay_to_proto
from invoices.v1 import batch_pb2, invoice_pb2


async def view_operation(
    reader: InvoiceReader, operation: Operation, *, document_known: bool = False
) -> operations_pb2.Operation:
    if operation.state is not OperationState.SUCCEEDED or operation.invoice_id is None:
        return operation_to_proto(operation, document_known=document_known)
    if operation.kind is OperationKind.REPLAY:
        result = replay_to_proto(operation)
        return operation_to_proto(operation, response_of(result, result.SerializeToString()))
    try:
        view = await reader.view(operation.tenant, operation.invoice_id, InvoiceView.FULL)
    except NotFound:
        # Deleted between the two reads: the operation was real, its invoice is no more.
        return operation_to_proto(operation, document_known=document_known)
    return operation_to_proto(
        operation, response_of(invoice_pb2.Invoice, view), document_known=document_known
    )


async def view_any_operation(
    reader: InvoiceReader, transactions: Transactions, operation: Operation
) -> operations_pb2.Operation:
    """Does the same for an operation of any kind."""
    if operation.kind is not OperationKind.BATCH:
        return await view_operation(reader, operation)
    async with transactions.begin(operation.tenant) as transaction:
        batch = await transaction.batches.get(operation.id)
    response = response_of(batch_pb2.Batch, batch_to_proto(batch).SerializeToString())
    return operation_to_proto(operation, response)
