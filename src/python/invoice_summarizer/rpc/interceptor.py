"""What happens around every call: request id, authentication, admission, deadline, errors, metrics, one log event."""

from __future__ import annotations  # grpc.RpcMethodHandler has type parameters in its stubs only

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, cast

import grpc
import grpc.aio
import structlog

from invoice_summarizer.domain.error_place import place_of
from invoice_summarizer.domain.errors import InvoiceSummarizerError
from invoice_summarizer.ports.clock import NewId
from invoice_summarizer.ports.token_verifier import TokenVerifier
from invoice_summarizer.rpc.admission import Admission
from invoice_summarizer.rpc.authentication import authenticate
from invoice_summarizer.rpc.authorization import PUBLIC_SERVICES, authorize
from invoice_summarizer.rpc.call_context import REQUEST_ID_HEADER, calling
from invoice_summarizer.rpc.call_metadata import CallMetadata
from invoice_summarizer.rpc.errors import (
    SERVER_FAULTS,
    CallRefused,
    LimitReached,
    abort,
    status_of,
)
from invoice_summarizer.rpc.handlers import Context, wrapped_handler
from invoice_summarizer.rpc.public_handlers import public_handler
from invoice_summarizer.rpc.received_message import Read
from invoice_summarizer.rpc.upload_pace import Pace, paced
from invoice_summarizer.telemetry import Metrics

# A caller cancels the call when its own timer has ended, which may be a moment before ours.
_ABOUT_NOW_SECONDS = 0.05
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

_log = structlog.get_logger()


class CallInterceptor(grpc.aio.ServerInterceptor):
    """Wraps every method of the API, once each; health and reflection are open to everyone and have no limits.

    A caller is known before anything of the call counts, and before a message of it is taken: whoever is not known is
    refused at once, and holds up nobody. A call that is admitted counts until gRPC has handed on all of its answer.

    A call without a deadline gets `default_deadline_seconds`, and none more than `longest_deadline_seconds`. Its
    request id is the caller's `x-request-id` or a new one, which comes back in the initial metadata of an answer; the
    trailing metadata of every call have it.
    """

    def __init__(
        self,
        tokens: TokenVerifier,
        metrics: Metrics,
        new_id: NewId,
        admission: Admission,
        *,
        upload_pace: Pace,
        default_deadline_seconds: float,
        longest_deadline_seconds: float,
    ) -> None:
        self._admission = admission
        self._upload_pace = upload_pace
        self._longest_deadline_seconds = longest_deadline_seconds
        self._tokens = tokens
        self._metrics = metrics
        self._new_id = new_id
        self._default_deadline_seconds = default_deadline_seconds
        # By method: gRPC asks for each call, and has one handler for each method it serves. Others have none.
        self._wrapped: dict[str, grpc.RpcMethodHandler[Any, Any]] = {}

    async def intercept_service(
        self,
        continuation: Callable[
            [grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler[Any, Any] | None]
        ],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any]:
        method = handler_call_details.method
        known = self._wrapped.get(method)
        if known is not None:
            return known
        handler: Any = await continuation(handler_call_details)
        if handler is None:
            return cast("grpc.RpcMethodHandler[Any, Any]", handler)
        wrapped = (
            public_handler(handler)
            if method.split("/")[1] in PUBLIC_SERVICES
            else wrapped_handler(handler, partial(self._around, method, handler.request_streaming))
        )
        self._wrapped[method] = wrapped
        return wrapped

    @asynccontextmanager
    async def _around(self, method: str, is_upload: bool, context: Context) -> AsyncIterator[Read]:
        metadata = CallMetadata(context.invocation_metadata() or ())
        given = metadata.request_id
        request_id = given if _REQUEST_ID.fullmatch(given) else self._new_id()
        context.set_trailing_metadata(((REQUEST_ID_HEADER, request_id),))
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            async with self._observed(method, is_upload, context, request_id, metadata) as read:
                yield read

    @asynccontextmanager
    async def _observed(
        self,
        method: str,
        is_upload: bool,
        context: Context,
        request_id: str,
        metadata: CallMetadata,
    ) -> AsyncIterator[Read]:
        _, service, name = method.split("/")
        started = time.perf_counter()
        code, reason, tenant = grpc.StatusCode.OK, "", ""
        self._metrics.calls_in_flight.inc()
        try:
            metadata.require_fit()
            principal = await authenticate(metadata.authorizations, self._tokens)
            tenant = principal.tenant
            authorize(principal, method)
            read = await self._admitted(tenant, is_upload, context)
            is_named = metadata.request_id == request_id
            with calling(principal, request_id, is_named=is_named):
                async with self._within_deadline(context):
                    yield read
        except (asyncio.CancelledError, grpc.aio.InternalError) as error:
            # gRPC cancels the call of a caller who has gone, and of one whose deadline is over. Where we are sending
            # just then, it may say first that this failed.
            remaining = context.time_remaining()
            code, reason = (
                (grpc.StatusCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED")
                if remaining is not None and remaining <= _ABOUT_NOW_SECONDS
                else (grpc.StatusCode.CANCELLED, "CALL_CANCELLED")
            )
            raise asyncio.CancelledError from error
        except Exception as error:
            code, reason, status = status_of(error, request_id)
            if isinstance(error, LimitReached):
                self._metrics.refused_calls.labels(reason, error.whose).inc()
            if code in SERVER_FAULTS:
                # The text of other exceptions than ours may hold what a document said.
                detail = error.message if isinstance(error, InvoiceSummarizerError) else ""
                _log.error(
                    "call_failed",
                    method=method,
                    error=type(error).__name__,
                    detail=detail,
                    place=place_of(error),
                )
            await abort(context, status, ((REQUEST_ID_HEADER, request_id),))
        finally:
            seconds = time.perf_counter() - started
            self._metrics.calls_in_flight.dec()
            self._metrics.calls.labels(service, name, code.name).inc()
            self._metrics.call_seconds.labels(service, name).observe(seconds)
            _log.info(
                "call_ended",
                method=method,
                tenant=tenant,
                code=code.name,
                reason=reason,
                milliseconds=round(seconds * 1000, 1),
            )

    async def _admitted(self, tenant: str, is_upload: bool, context: Context) -> Read:
        """Takes a place for the call and returns by what its messages are read. Raises LimitReached."""
        place = self._admission.admit(tenant, is_upload=is_upload)
        # Not where the behaviour ends: an answer that its caller does not take still takes memory.
        context.add_done_callback(lambda _: place.leave())  # type: ignore[arg-type]  # of the stubs
        await place.share(tenant)
        return paced(context.read, self._upload_pace, place) if is_upload else context.read

    @asynccontextmanager
    async def _within_deadline(self, context: Context) -> AsyncIterator[None]:
        remaining = context.time_remaining()
        wanted = self._default_deadline_seconds if remaining is None else remaining
        seconds = min(wanted, self._longest_deadline_seconds)
        try:
            async with asyncio.timeout(seconds) as limit:
                yield
        except TimeoutError as error:
            if not limit.expired():
                raise  # of some part that has a limit of its own
            raise CallRefused(
                grpc.StatusCode.DEADLINE_EXCEEDED,
                "DEADLINE_EXCEEDED",
                "the call was not answered within its deadline",
            ) from error
