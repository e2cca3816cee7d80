"""Operations as google.longrunning.Operation."""

from google.longrunning import operations_pb2
from google.rpc import status_pb2
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import ErrorInfo

from invoice_summarizer.domain.invoice import Invoice
from invoice_summarizer.domain.operation import Operation, OperationState
from invoice_summarizer.rpc.errors import ERROR_DOMAIN
from invoice_summarizer.rpc.mapping.invoice import invoice_to_proto
from invoice_summarizer.rpc.mapping.names import INVOICE, OPERATION
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoices.v1 import operation_pb2

_CODES = {
    OperationState.CANCELLED: Code.CANCELLED,
    OperationState.FAILED: Code.FAILED_PRECONDITION,
}
_MESSAGES = {
    OperationState.CANCELLED: "the operation was cancelled",
    OperationState.FAILED: "the document could not be read",
}


def operation_to_proto(
    operation: Operation, invoice: Invoice | None = None
) -> operations_pb2.Operation:
    """Returns the message; `invoice` becomes the response of an operation that has succeeded."""
    message = operations_pb2.Operation(
        name=OPERATION.format(tenant=operation.tenant, operation=operation.id),
        done=operation.state.done,
    )
    message.metadata.Pack(
        operation_pb2.OperationMetadata(
            invoice=INVOICE.format(tenant=operation.tenant, invoice=operation.invoice_id),
            kind=operation_pb2.OperationMetadata.Kind.Value(operation.kind.name),
            state=operation_pb2.OperationMetadata.State.Value(operation.state.name),
            attempt=operation.attempt,
            create_time=time_to_proto(operation.create_time),
            update_time=time_to_proto(operation.update_time),
        )
    )
    if operation.state in _CODES:
        message.error.CopyFrom(_error(operation))
    elif operation.state is OperationState.SUCCEEDED and invoice is not None:
        message.response.Pack(invoice_to_proto(invoice))
    return message


def _error(operation: Operation) -> status_pb2.Status:
    status = status_pb2.Status(code=_CODES[operation.state], message=_MESSAGES[operation.state])
    reason = operation.failure_reason or "OPERATION_CANCELLED"
    status.details.add().Pack(ErrorInfo(reason=reason, domain=ERROR_DOMAIN))
    return status
