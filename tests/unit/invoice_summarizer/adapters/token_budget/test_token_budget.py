"""A tenant has so many tokens in a window, however its requests come and end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest
from openai_endpoint import Reply, Status, Stream, openai_endpoint

from invoice_summarizer.adapters.memory.language_model import Answer, MemoryLanguageModel
from invoice_summarizer.adapters.openai_http.language_model import OpenAiLanguageModel
from invoice_summarizer.adapters.token_budget.language_model import (
    TokenBudgetLanguageModel,
    most_tokens,
)
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    ModelFailure,
    ModelIdentity,
    ModelUnavailable,
    Usage,
)

REQUEST = ModelRequest(system="order", user='{"required": {"s1": "…"}}', schema="{}", max_tokens=40)
MOST = most_tokens(REQUEST)
PROMPT = MOST - REQUEST.max_tokens


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def budgeted(clock: Clock, answer: Answer, requests: float = 2.0) -> TokenBudgetLanguageModel:
    """Returns a model with room for so many requests of the longest kind a minute."""
    tokens = int(requests * MOST)
    return TokenBudgetLanguageModel(
        MemoryLanguageModel(answer), tokens=tokens, window_seconds=60.0, clock=clock
    )


def taking(tokens: int) -> Answer:
    return lambda _: ["{}", AnswerEnd(False, Usage(tokens - 1, 1))]


@asynccontextmanager
async def behind(base_url: str, tokens: int) -> AsyncIterator[TokenBudgetLanguageModel]:
    """Yields the model of an endpoint, of which each tenant has so many tokens."""
    real = OpenAiLanguageModel(
        ModelIdentity(engine="vllm 1", model="small"), base_url=base_url, api_key="secret"
    )
    model = TokenBudgetLanguageModel(real, tokens=tokens, window_seconds=600.0)
    try:
        yield model
    finally:
        await model.aclose()


async def ask(model: TokenBudgetLanguageModel, whose: str = "acme", *, seconds: float = 5.0) -> str:
    """Returns how it ended."""
    try:
        async for _ in model.answer(REQUEST, whose=whose, timeout_seconds=seconds):
            pass
    except ModelUnavailable as error:
        return error.failure.value
    return "answered"


def test_most_tokens_are_the_bytes_of_the_prompt_and_the_longest_answer() -> None:
    assert len("order") + len('{"required": {"s1": "…"}}') + 2 + 64 + 40 == MOST


async def test_tenant_beyond_its_tokens_is_not_asked_for_and_others_are(clock: Clock) -> None:
    model = budgeted(clock, taking(MOST))
    assert [await ask(model) for _ in range(3)] == ["answered", "answered", "BUDGET_SPENT"]
    assert await ask(model, "other") == "answered"


async def test_new_window_begins_where_the_last_one_has_ended(clock: Clock) -> None:
    model = budgeted(clock, taking(MOST))
    clock.now = 100.0
    assert [await ask(model), await ask(model)] == ["answered", "answered"]
    clock.now = 159.9
    assert await ask(model) == "BUDGET_SPENT"
    clock.now = 160.0
    assert await ask(model) == "answered"


async def test_what_a_request_did_not_need_comes_back(clock: Clock) -> None:
    model = budgeted(clock, taking(MOST // 4), requests=1.6)
    answered = [await ask(model) for _ in range(4)]
    assert answered == ["answered", "answered", "answered", "BUDGET_SPENT"]


async def test_requests_at_once_take_no_more_than_the_budget(clock: Clock) -> None:
    model = budgeted(clock, taking(2))
    one, two, three = (model.answer(REQUEST, whose="acme", timeout_seconds=5.0) for _ in range(3))
    async with aclosing(one), aclosing(two), aclosing(three):
        await anext(one)
        await anext(two)
        with pytest.raises(ModelUnavailable, match="BUDGET_SPENT"):
            await anext(three)
    assert await ask(model) == "BUDGET_SPENT"  # nobody has told what the two took


async def test_failure_before_an_answer_takes_nothing(clock: Clock) -> None:
    model = budgeted(clock, lambda _: [ModelFailure.OVERLOADED])
    assert [await ask(model) for _ in range(4)] == ["OVERLOADED"] * 4


async def test_failure_in_mid_answer_takes_the_most_that_it_can_have_been(clock: Clock) -> None:
    model = budgeted(clock, lambda _: ["{", ModelFailure.UNREACHABLE])
    assert [await ask(model) for _ in range(3)] == ["UNREACHABLE", "UNREACHABLE", "BUDGET_SPENT"]


@pytest.mark.parametrize(
    ("reply", "taken"),
    [
        (Status(429), 0),
        (Status(400), 0),
        (Status(500), PROMPT),
        (Stream((), finish_reason=None), PROMPT),
        (Stream((), hangs=True), PROMPT),
        (Stream(("{",), finish_reason=None), MOST),
        (Stream(("{",), hangs=True), MOST),
        (Stream(("{", "}")), 107),  # as the endpoint tells
    ],
)
async def test_endpoint_that_may_have_worked_takes_the_prompt_at_least(
    reply: Reply, taken: int
) -> None:
    seconds = 0.3 if isinstance(reply, Stream) and reply.hangs else 5.0
    async with openai_endpoint(lambda number: reply) as endpoint:
        for spare, is_asked in ((0, True), (-1, False)):
            async with behind(endpoint.base_url, taken + MOST + spare) as model:
                await ask(model, seconds=seconds)
                assert (await ask(model, seconds=seconds) != "BUDGET_SPENT") is is_asked


async def test_caller_who_goes_away_before_the_answer_begins_takes_the_prompt() -> None:
    async with (
        openai_endpoint(lambda number: Stream((), hangs=True)) as endpoint,
        behind(endpoint.base_url, PROMPT + MOST - 1) as model,
    ):
        asking = asyncio.create_task(ask(model))
        while not endpoint.requests:
            await asyncio.sleep(0.001)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert await ask(model) == "BUDGET_SPENT"


async def test_endpoint_that_is_not_there_takes_nothing() -> None:
    async with openai_endpoint(lambda number: Status(400)) as endpoint:
        pass
    async with behind(endpoint.base_url, MOST) as model:
        assert [await ask(model) for _ in range(3)] == ["UNREACHABLE"] * 3


async def test_what_comes_back_late_does_not_come_to_the_next_window(clock: Clock) -> None:
    model = budgeted(clock, taking(2), requests=1.0)
    async with aclosing(model.answer(REQUEST, whose="acme", timeout_seconds=5.0)) as late:
        await anext(late)
        clock.now = 60.0
        async with aclosing(model.answer(REQUEST, whose="acme", timeout_seconds=5.0)) as new:
            await anext(new)
            assert isinstance(await anext(late), AnswerEnd)
            assert await ask(model) == "BUDGET_SPENT"
