"""What a call that failed means to the person who made it."""

from dataclasses import dataclass

import grpc
import grpc.aio
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from grpc_status import rpc_status

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CallFailed, FieldViolation
from invoice_summarizer.cli.refusal_words import refusal_words

# Something answers, and does not do what was asked of it.
_WRONG_SERVICE = frozenset({"SERVICE_NOT_SERVED", "NOT_THIS_SERVICE", "NO_TLS"})
# Words of gRPC's own, where what answers speaks another protocol.
_OTHER_PROTOCOL = ("Failed parsing HTTP/2", "Trying to connect an http1.x server")


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Which service was called, and where."""

    service: str
    address: str


def call_failed(error: grpc.aio.AioRpcError, request_id: str, called: Called) -> CallFailed:
    """Returns the failure with the words of the server; where it had none, with what gRPC's words mean."""
    code = error.code()
    reason, message = code.name, error.details() or ""
    violations: list[FieldViolation] = []
    metadata: dict[str, str] = {}
    status = rpc_status.from_call(error)  # type: ignore[arg-type]  # has what a grpc.Call has
    for detail in status.details if status is not None else ():
        info, bad = ErrorInfo(), BadRequest()
        if detail.Unpack(info):
            reason, metadata = info.reason, dict(info.metadata)
        elif detail.Unpack(bad):
            violations += (
                FieldViolation(each.field, each.description) for each in bad.field_violations
            )
    if status is None:
        reason, message = _explained(code, message, called)
    message = refusal_words(reason, " ".join(message.split()), metadata)
    exit_code = ExitCode.WRONG_SERVICE if reason in _WRONG_SERVICE else None
    return CallFailed(
        code, reason, message, request_id, violations, metadata=metadata, exit_code=exit_code
    )


def _explained(code: grpc.StatusCode, message: str, called: Called) -> tuple[str, str]:
    if any(words in message for words in _OTHER_PROTOCOL):
        return (
            "NOT_THIS_SERVICE",
            f"what answers at {called.address} is no invoice service: look at --address",
        )
    if code is grpc.StatusCode.UNIMPLEMENTED:
        return "SERVICE_NOT_SERVED", f"{called.address} does not serve {called.service}"
    if code is not grpc.StatusCode.UNAVAILABLE:
        return code.name, message
    # gRPC's text names sockets, errno and functions of its TLS; these words of it say what went wrong.
    if "CERTIFICATE_VERIFY_FAILED" in message:
        return (
            "CERTIFICATE_NOT_TRUSTED",
            f"the certificate of {called.address} is not trusted: name its authority by --ca-file",
        )
    if "Hostname Verification Check failed" in message:
        return (
            "CERTIFICATE_OF_ANOTHER",
            f"the certificate that {called.address} shows is of another name",
        )
    if "WRONG_VERSION_NUMBER" in message:
        return "NO_TLS", f"the server at {called.address} speaks no TLS: leave out --tls, --ca-file"
    return code.name, f"no server answers at {called.address}"
