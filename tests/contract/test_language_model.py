"""What every language model does, and what one behind an endpoint does on bad days."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest
from openai_endpoint import OpenAiEndpoint, Reply, Status, Stream, openai_endpoint
from recorded_model import RecordedLanguageModel, RecordingLanguageModel

from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.adapters.openai_http.language_model import OpenAiLanguageModel
from invoice_summarizer.adapters.token_budget.language_model import TokenBudgetLanguageModel
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    LanguageModel,
    ModelFailure,
    ModelIdentity,
    ModelUnavailable,
)
from invoice_summarizer.processes.model import CountedLanguageModel
from invoice_summarizer.telemetry import Metrics

REQUEST = ModelRequest(
    system="order", user='{"required": {"s1": "…"}}', schema='{"type": "object"}', max_tokens=40
)
PIECES = ['{"segments"', ': ["s1"', "]}"]
IDENTITY = ModelIdentity(engine="vllm 1", model="small")


async def answer(
    model: LanguageModel, request: ModelRequest = REQUEST, seconds: float = 5.0
) -> tuple[str, AnswerEnd]:
    pieces = [piece async for piece in model.answer(request, whose="acme", timeout_seconds=seconds)]
    end = pieces.pop()
    assert isinstance(end, AnswerEnd)
    return "".join(str(piece) for piece in pieces), end


async def failure(model: LanguageModel, seconds: float = 5.0) -> ModelFailure:
    return (await unavailable(model, seconds)).failure


async def unavailable(model: LanguageModel, seconds: float = 5.0) -> ModelUnavailable:
    with pytest.raises(ModelUnavailable) as caught:
        await answer(model, seconds=seconds)
    return caught.value


@asynccontextmanager
async def served(
    *replies: Reply, rest_seconds: float = 10.0, slow_after_seconds: float = 0.0
) -> AsyncIterator[tuple[OpenAiLanguageModel, OpenAiEndpoint]]:
    """Yields a model behind an endpoint that gives the replies in turn, and the last one from then on."""
    async with openai_endpoint(lambda n: replies[min(n, len(replies) - 1)]) as endpoint:
        model = OpenAiLanguageModel(
            IDENTITY,
            base_url=endpoint.base_url,
            api_key="secret",
            failures_until_rest=3,
            rest_seconds=rest_seconds,
            slow_after_seconds=slow_after_seconds,
        )
        try:
            yield model, endpoint
        finally:
            await model.aclose()


@pytest.fixture(params=["memory", "recorded", "openai_http", "token_budget", "counted"])
async def model(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[LanguageModel]:
    of_memory = MemoryLanguageModel(lambda _: PIECES)
    match request.param:
        case "memory":
            yield of_memory
        case "recorded":
            await answer(RecordingLanguageModel(tmp_path, of_memory))
            yield RecordedLanguageModel(tmp_path, IDENTITY)
        case "token_budget":
            yield TokenBudgetLanguageModel(of_memory, tokens=100_000, window_seconds=60.0)
        case "counted":
            yield CountedLanguageModel(
                of_memory, Metrics(), prompt_token_cost=1.0, answer_token_cost=4.0
            )
        case "openai_http":
            async with served(Stream(PIECES)) as (behind_endpoint, _):
                yield behind_endpoint


async def test_answer_comes_in_pieces_and_ends(model: LanguageModel) -> None:
    text, end = await answer(model)
    assert (text, end.is_cut) == ("".join(PIECES), False)
    assert model.identity.engine and model.identity.model


async def test_many_answers_come_at_once(model: LanguageModel) -> None:
    found = await asyncio.gather(*(answer(model) for _ in range(20)))
    assert {text for text, _ in found} == {"".join(PIECES)}


async def test_listener_may_stop_at_any_piece(model: LanguageModel) -> None:
    async with aclosing(model.answer(REQUEST, whose="acme", timeout_seconds=5.0)) as pieces:
        assert await anext(pieces) == PIECES[0]
    assert (await answer(model))[0] == "".join(PIECES)


async def test_recording_keeps_what_was_cut_as_such(tmp_path: Path) -> None:
    cut = MemoryLanguageModel(lambda _: ["{", AnswerEnd(True, None)])
    await answer(RecordingLanguageModel(tmp_path, cut))
    text, end = await answer(RecordedLanguageModel(tmp_path, IDENTITY))
    assert (text, end.is_cut) == ("{", True)


async def test_request_that_was_not_recorded_is_answered_by_nobody(tmp_path: Path) -> None:
    assert await failure(RecordedLanguageModel(tmp_path, IDENTITY)) is ModelFailure.UNREACHABLE


async def test_endpoint_is_asked_greedily_under_the_schema() -> None:
    async with served(Stream(PIECES)) as (behind_endpoint, endpoint):
        _, end = await answer(behind_endpoint)
    assert end.usage is not None
    assert (end.usage.prompt_tokens, end.usage.answer_tokens) == (100, 7)
    [asked] = endpoint.requests
    assert [message["content"] for message in asked["messages"]] == [REQUEST.system, REQUEST.user]
    assert asked["response_format"]["json_schema"]["schema"] == json.loads(REQUEST.schema)
    assert (asked["model"], asked["temperature"], asked["max_tokens"]) == ("small", 0.0, 40)
    assert endpoint.authorizations == ["bearer secret"]


async def test_answer_that_ends_at_its_limit_is_cut() -> None:
    async with served(Stream(PIECES[:1], finish_reason="length")) as (behind_endpoint, _):
        assert (await answer(behind_endpoint))[1].is_cut


@pytest.mark.parametrize("code", [429, 503])
async def test_request_is_sent_again_where_there_was_no_room(code: int) -> None:
    async with served(Status(code), Stream(PIECES)) as (behind_endpoint, endpoint):
        assert (await answer(behind_endpoint))[0] == "".join(PIECES)
        assert len(endpoint.requests) == 2


@pytest.mark.parametrize(
    ("reply", "expected", "requests", "was_asked"),
    [
        (Status(429), ModelFailure.OVERLOADED, 3, False),
        (Status(401), ModelFailure.REFUSED, 1, False),
        (Status(400), ModelFailure.REFUSED, 1, False),
        (Status(404), ModelFailure.WRONG_MODEL, 1, False),
        (Status(500), ModelFailure.UNREACHABLE, 1, True),
        (Status(504), ModelFailure.TOO_SLOW, 1, True),
        (Stream(PIECES, finish_reason=None), ModelFailure.UNREACHABLE, 1, True),
        (Stream((), finish_reason=None), ModelFailure.UNREACHABLE, 1, True),
    ],
)
async def test_failure_is_told_and_only_what_may_pass_is_tried_again(
    reply: Reply, expected: ModelFailure, requests: int, was_asked: bool
) -> None:
    async with served(reply) as (behind_endpoint, endpoint):
        error = await unavailable(behind_endpoint)
        assert (error.failure, error.was_asked) == (expected, was_asked)
        assert len(endpoint.requests) == requests


@pytest.mark.parametrize("pieces", [(), PIECES[:2]])
async def test_answer_that_does_not_go_on_ends_in_time(pieces: list[str]) -> None:
    async with served(Stream(pieces, hangs=True)) as (behind_endpoint, _):
        error = await unavailable(behind_endpoint, seconds=0.3)
        assert (error.failure, error.was_asked) == (ModelFailure.TOO_SLOW, True)


async def test_nothing_listens() -> None:
    async with served(Stream()) as (_, endpoint):
        pass
    model = OpenAiLanguageModel(IDENTITY, base_url=endpoint.base_url, api_key="")
    error = await unavailable(model)
    assert (error.failure, error.was_asked) == (ModelFailure.UNREACHABLE, False)
    await model.aclose()


async def test_endpoint_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    replies: list[Reply] = [*[Status(500)] * 3, Stream(PIECES)]
    async with served(*replies, rest_seconds=0.3) as (behind_endpoint, endpoint):
        for _ in range(3):
            assert await failure(behind_endpoint) is ModelFailure.UNREACHABLE
        assert await failure(behind_endpoint) is ModelFailure.RESTING
        assert len(endpoint.requests) == 3
        await asyncio.sleep(0.4)
        assert (await answer(behind_endpoint))[0] == "".join(PIECES)


async def test_request_that_is_at_fault_is_no_failure_of_the_endpoint() -> None:
    """A document whose words are too many for the model must not take it from everybody else."""
    replies: list[Reply] = [*[Status(400)] * 5, Stream(PIECES)]
    async with served(*replies) as (behind_endpoint, _):
        for _ in range(5):
            assert await failure(behind_endpoint) is ModelFailure.REFUSED
        assert (await answer(behind_endpoint))[0] == "".join(PIECES)


async def test_callers_without_time_are_no_failures_of_the_endpoint() -> None:
    async with served(Stream((), hangs=True), slow_after_seconds=0.5) as (
        behind_endpoint,
        endpoint,
    ):
        for number in range(6):
            assert await failure(behind_endpoint, seconds=0.1) is ModelFailure.TOO_SLOW
            assert len(endpoint.requests) == number + 1, "it is not left alone"
        for _ in range(3):
            assert await failure(behind_endpoint, seconds=0.6) is ModelFailure.TOO_SLOW
        assert await failure(behind_endpoint) is ModelFailure.RESTING


async def test_listeners_who_go_away_are_no_failures_of_the_endpoint() -> None:
    async with served(Stream(PIECES)) as (behind_endpoint, _):
        for _ in range(5):
            async with aclosing(
                behind_endpoint.answer(REQUEST, whose="acme", timeout_seconds=5.0)
            ) as pieces:
                await anext(pieces)
        assert (await answer(behind_endpoint))[0] == "".join(PIECES)
