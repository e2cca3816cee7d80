"""A model behind an OpenAI-compatible endpoint: vLLM, Ray Serve LLM, or any other that takes a JSON schema."""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

import httpx2
import openai
from openai.types.chat import ChatCompletionChunk
from purgatory import AsyncCircuitBreakerFactory
from purgatory.domain.model import ExcludeType, OpenedState
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from invoice_summarizer.adapters.openai_http.asked_completion import asked_completion
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    ModelFailure,
    ModelIdentity,
    ModelUnavailable,
    Usage,
)

_Stream = openai.AsyncStream[ChatCompletionChunk]
_CIRCUIT = "model"
_TRIES = 3
_LONGEST_PAUSE_SECONDS = 1.0
_BUSY = frozenset({429, 503})  # RFC 6585, RFC 9110: later it may have room
_TIMED_OUT = frozenset({408, 504})
_NOT_CONNECTED = (httpx2.ConnectError, httpx2.ConnectTimeout)
# Of an endpoint that answers with a status: all others say that it did not take the request.
_OF_WHAT_WORKS = frozenset({ModelFailure.TOO_SLOW, ModelFailure.UNREACHABLE})
_NOT_FOUND = 404  # what vLLM says of a model that it does not serve


class _ShortOfTime(TimeoutError):
    """The caller had too little time for any answer."""


# The caller went away or had no time, or the request is at fault: one that is too long for the model says nothing of
# the endpoint.
_NO_FAILURES: ExcludeType = [
    asyncio.CancelledError,
    GeneratorExit,
    openai.BadRequestError,
    _ShortOfTime,
]


class OpenAiLanguageModel:
    """Asks for greedy answers. Tries again where the endpoint had no room or could not be reached, never in mid-answer.

    After `failures_until_rest` failures in a row it leaves the endpoint alone for `rest_seconds`; then one call tries.
    To be late is a failure where the endpoint had `slow_after_seconds`: less says nothing of it.
    """

    def __init__(
        self,
        identity: ModelIdentity,
        *,
        base_url: str,
        api_key: str,
        connect_seconds: float = 2.0,
        slow_after_seconds: float = 0.0,
        failures_until_rest: int = 5,
        rest_seconds: float = 10.0,
    ) -> None:
        self._identity = identity
        self._slow_after_seconds = slow_after_seconds
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=api_key or "none",  # the client insists on one
            max_retries=0,
            timeout=openai.Timeout(None, connect=connect_seconds),
        )
        self._circuit = AsyncCircuitBreakerFactory(
            default_threshold=failures_until_rest, default_ttl=rest_seconds
        )

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    async def answer(
        self, request: ModelRequest, *, whose: str, timeout_seconds: float
    ) -> AsyncGenerator[str | AnswerEnd, None]:
        with _told_as_failures():
            breaker = await self._circuit.get_breaker(_CIRCUIT, exclude=_NO_FAILURES)
            # Each wait has its time-out of its own: one around all would strike whoever listens between two pieces.
            deadline = asyncio.get_running_loop().time() + timeout_seconds
            async with breaker:
                with _told_apart(short_of_time=timeout_seconds < self._slow_after_seconds):
                    async with asyncio.timeout_at(deadline):
                        stream = await self._begun(request)
                    async with stream:
                        pieces = _pieces(stream)
                        while True:
                            async with asyncio.timeout_at(deadline):
                                piece = await anext(pieces)
                            yield piece
                            if isinstance(piece, AnswerEnd):
                                return

    async def aclose(self) -> None:
        await self._client.close()

    async def _begun(self, request: ModelRequest) -> _Stream:
        retrying = AsyncRetrying(
            retry=retry_if_exception(_may_pass),
            stop=stop_after_attempt(_TRIES),
            wait=wait_random_exponential(multiplier=0.1, max=_LONGEST_PAUSE_SECONDS),
            reraise=True,
        )
        return await retrying(self._ask, request)

    async def _ask(self, request: ModelRequest) -> _Stream:
        return await self._client.chat.completions.create(
            **asked_completion(self._identity.model, request),
            temperature=0.0,
            seed=0,
            stream=True,
            stream_options={"include_usage": True},
        )


async def _pieces(stream: _Stream) -> AsyncGenerator[str | AnswerEnd, None]:
    finish: str | None = None
    usage: Usage | None = None
    async for chunk in stream:
        if chunk.usage is not None:
            usage = Usage(chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
        for choice in chunk.choices[:1]:
            finish = choice.finish_reason or finish
            if choice.delta.content:
                yield choice.delta.content
    if finish is None:  # the connection ended before the answer did
        raise ModelUnavailable(ModelFailure.UNREACHABLE, was_asked=True)
    yield AnswerEnd(is_cut=finish != "stop", usage=usage)


def _may_pass(error: BaseException) -> bool:
    """Says whether the same request may be taken a moment later. A time-out is none: it has cost its time already."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code in _BUSY
    return isinstance(error, openai.APIConnectionError) and not isinstance(
        error, openai.APITimeoutError
    )


@contextmanager
def _told_apart(*, short_of_time: bool) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        if short_of_time:
            raise _ShortOfTime from error
        raise


@contextmanager
def _told_as_failures() -> Iterator[None]:
    try:
        yield
    except (TimeoutError, openai.APITimeoutError) as error:
        raise ModelUnavailable(ModelFailure.TOO_SLOW, was_asked=_was_sent(error)) from error
    except OpenedState as error:
        raise ModelUnavailable(ModelFailure.RESTING) from error
    except openai.APIStatusError as error:
        failure = _failure_of(error.status_code)
        raise ModelUnavailable(failure, was_asked=failure in _OF_WHAT_WORKS) from error
    except (openai.APIError, httpx2.HTTPError, json.JSONDecodeError) as error:
        raise ModelUnavailable(ModelFailure.UNREACHABLE, was_asked=_was_sent(error)) from error


def _was_sent(error: BaseException) -> bool:
    return not isinstance(error.__cause__, _NOT_CONNECTED)


def _failure_of(status_code: int) -> ModelFailure:
    if status_code in _BUSY:
        return ModelFailure.OVERLOADED
    if status_code in _TIMED_OUT:
        return ModelFailure.TOO_SLOW
    if status_code == _NOT_FOUND:
        return ModelFailure.WRONG_MODEL
    return ModelFailure.REFUSED if status_code < 500 else ModelFailure.UNREACHABLE
