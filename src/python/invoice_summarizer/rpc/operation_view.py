"""An operation as the caller sees it: with its invoice, where it has succeeded."""

from google.longrunning import operations_pb2

from invoice_summarizer.domain.errors import NotFound
from invoice_summarizer.domain.operation import Operation, OperationState
from invoice_summarizer.ports.invoice_reader import InvoiceReader
from invoice_summarizer.ports.invoice_views import InvoiceView
from invoice_summarizer.rpc.mapping.operation import operation_to_proto


async def view_operation(
    reader: InvoiceReader, operation: Operation, *, document_known: bool = False
) -> operations_pb2.Operation:
    if operation.state is not OperationState.SUCCEEDED or operation.invoice_id is None:
        return operation_to_proto(operation, document_known=document_known)
    try:
        view = await reader.view(operation.tenant, operation.invoice_id, InvoiceView.FULL)
    except NotFound:
        # Deleted between the two reads: the operation was real, its invoice is no more.
        return operation_to_proto(operation, document_known=document_known)
    return operation_to_proto(operation, view, document_known=document_known)
