"""An operation as the caller sees it: with its invoice, or the result of its replay, where it has succeeded."""

from google.longrunning import operations_pb2

from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.operation import Operation, OperationKind, OperationState
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.rpc.mapping.operation import operation_to_proto, response_of
from invoice_summarizer.rpc.mapping.replay import replay_to_proto
from invoices.v1 import invoice_pb2


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
