"""A tenant has so many tokens in a window, however its requests come and end."""

from contextlib import aclosing

import pytest

from invoice_summarizer.adapters.memory.language_model import Answer, MemoryLanguageModel
from invoice_summarizer.adapters.token_budget.language_model import (
    TokenBudgetLanguageModel,
    most_tokens,
)
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    ModelFailure,
    ModelUnavailable,
    Usage,
)

REQUEST = ModelRequest(system="order", user='{"required": {"s1": "…"}}', schema="{}", max_tokens=40)
MOST = most_tokens(REQUEST)


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


async def ask(model: TokenBudgetLanguageModel, whose: str = "acme") -> str:
    """Returns how it ended."""
    try:
        async for _ in model.answer(REQUEST, whose=whose, timeout_seconds=5.0):
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


async def test_what_comes_back_late_does_not_come_to_the_next_window(clock: Clock) -> None:
    model = budgeted(clock, taking(2), requests=1.0)
    async with aclosing(model.answer(REQUEST, whose="acme", timeout_seconds=5.0)) as late:
        await anext(late)
        clock.now = 60.0
        async with aclosing(model.answer(REQUEST, whose="acme", timeout_seconds=5.0)) as new:
            await anext(new)
            assert isinstance(await anext(late), AnswerEnd)
            assert await ask(model) == "BUDGET_SPENT"
