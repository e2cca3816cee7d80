"""Operations as google.longrunning.Operation."""

from google.longrunning import operations_pb2
from google.protobuf import any_pb2
from google.protobuf.message import Message
from google.rpc import status_pb2
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import ErrorInfo

from invoice_summarizer.domain.batch import BatchFailure
from invoice_summarizer.domain.operation import (
    Operation,
    OperationFailure,
    OperationKind,
    OperationState,
)
from invoice_summarizer.rpc.errors import ERROR_DOMAIN
from invoice_summarizer.rpc.mapping.names import BATCH, INVOICE, OPERATION
from invoice_summarizer.rpc.mapping.times import time_to_proto
from invoice_summarizer.use_cases.cancel_operation import CANCELLED
from invoices.v1 import operation_pb2

# Where the fault is ours; what no row names is the document's.
_FAILURE_CODES: dict[str, tuple[int, str]] = {
    OperationFailure.ATTEMPTS_EXHAUSTED: (
        Code.UNAVAILABLE,
        "a part that is needed failed again and again; asking once more may help",
    ),
    OperationFailure.OBJECT_NOT_FOUND: (Code.INTERNAL, "the stored document is not there"),
    OperationFailure.OBJECT_CORRUPT: (
        Code.INTERNAL,
        "the stored document is not as it was received",
    ),
    OperationFailure.PART_NOT_FOUND: (
        Code.FAILED_PRECONDITION,
        "the document is read as fewer invoices now, and this one is not among them",
    ),
    OperationFailure.INVOICE_CHANGED: (
        Code.ABORTED,
        "the invoice was changed while its document was read once more",
    ),
    BatchFailure.JOB_GOT_NO_FURTHER: (
        Code.UNAVAILABLE,
        "the jobs of the batch ended without doing anything; their logs may say why",
    ),
    BatchFailure.TOO_MANY_JOBS: (
        Code.UNAVAILABLE,
        "the jobs of the batch ended before it was done, again and again; their logs may say why",
    ),
    BatchFailure.FOLDER_NOT_FOUND: (
        Code.NOT_FOUND,
        "there is nothing at the URI of the batch that can be read",
    ),
    BatchFailure.FOLDER_NOT_ALLOWED: (
        Code.INVALID_ARGUMENT,
        "the URI of the batch is not below the tenant's own import folder",
    ),
    BatchFailure.FOLDER_TOO_LARGE: (
        Code.FAILED_PRECONDITION,
        "folders are nested too deep at the URI of the batch, or one has too many documents",
    ),
    BatchFailure.TOO_LARGE: (
        Code.FAILED_PRECONDITION,
        "more documents lie at the URI of the batch than one may have",
    ),
    BatchFailure.EMPTY: (Code.FAILED_PRECONDITION, "no document lies at the URI of the batch"),
}
_DOCUMENT_FAILURE = (Code.FAILED_PRECONDITION, "the document could not be read")


def response_of(kind: Message | type[Message], message: bytes) -> any_pb2.Any:
    """Returns the bytes of a message of that kind as the response of an operation."""
    return any_pb2.Any(type_url=f"type.googleapis.com/{kind.DESCRIPTOR.full_name}", value=message)


def operation_to_proto(
    operation: Operation, response: any_pb2.Any | None = None, *, document_known: bool = False
) -> operations_pb2.Operation:
    """Returns the message; `response` is that of an operation that has succeeded."""
    message = operations_pb2.Operation(
        name=OPERATION.format(tenant=operation.tenant, operation=operation.id),
        done=operation.state.done,
    )
    message.metadata.Pack(
        operation_pb2.OperationMetadata(
            invoice=_invoice_name(operation, operation.invoice_id) if operation.invoice_id else "",
            invoices=[_invoice_name(operation, each) for each in _invoice_ids(operation)],
            kind=_kind(operation.kind),
            state=operation_pb2.OperationMetadata.State.Value(operation.state.name),
            attempt=operation.attempt,
            create_time=time_to_proto(operation.create_time),
            update_time=time_to_proto(operation.update_time),
            document_known=document_known,
            progress=operation_pb2.OperationMetadata.Progress(
                done=operation.progress.done,
                total=operation.progress.total,
                failed=operation.progress.failed,
            ),
            batch=_batch_name(operation),
        )
    )
    if operation.state in (OperationState.FAILED, OperationState.CANCELLED):
        message.error.CopyFrom(_error(operation))
    elif operation.state is OperationState.SUCCEEDED and response is not None:
        message.response.CopyFrom(response)
    return message


def _kind(kind: OperationKind) -> operation_pb2.OperationMetadata.Kind.ValueType:
    if kind is OperationKind.OTHER:
        return operation_pb2.OperationMetadata.Kind.KIND_UNSPECIFIED
    return operation_pb2.OperationMetadata.Kind.Value(kind.name)


def _batch_name(operation: Operation) -> str:
    if operation.kind is not OperationKind.BATCH:
        return ""
    return BATCH.format(tenant=operation.tenant, batch=operation.id)


def _invoice_name(operation: Operation, invoice_id: str) -> str:
    return INVOICE.format(tenant=operation.tenant, invoice=invoice_id)


def _invoice_ids(operation: Operation) -> list[str]:
    """Returns the invoices that came of the operation."""
    found = operation.result.get("invoice_ids", ())
    assert isinstance(found, list | tuple)
    return [str(each) for each in found]


def failure_status(reason: str) -> status_pb2.Status:
    """Returns code and message of an operation that failed for the reason: whose fault it was."""
    code, message = _FAILURE_CODES.get(reason, _DOCUMENT_FAILURE)
    return status_pb2.Status(code=code, message=message)


def _error(operation: Operation) -> status_pb2.Status:
    reason = operation.failure_reason or CANCELLED
    status = (
        failure_status(reason)
        if operation.state is OperationState.FAILED
        else status_pb2.Status(code=Code.CANCELLED, message="the operation was cancelled")
    )
    info = ErrorInfo(reason=reason, domain=ERROR_DOMAIN, metadata=operation.failure_metadata)
    status.details.add().Pack(info)
    return status
