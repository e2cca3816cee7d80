"""The metrics have what a model's answers took, by tenant, and how long they took to begin."""

from collections.abc import Iterable

import pytest

from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    ModelFailure,
    ModelUnavailable,
    Usage,
)
from invoice_summarizer.processes.model import CountedLanguageModel, opened_model
from invoice_summarizer.settings import ModelSettings
from invoice_summarizer.telemetry import Metrics

REQUEST = ModelRequest(system="order", user="{}", schema="{}", max_tokens=40)
Pieces = Iterable[str | AnswerEnd | ModelFailure | None]


async def counted(*answers: Pieces) -> Metrics:
    """Returns the metrics after these answers, each of which took three seconds to begin."""
    metrics, times, left = Metrics(), iter(range(0, 1000, 3)), iter(answers)
    model = CountedLanguageModel(
        MemoryLanguageModel(lambda _: next(left)),
        metrics,
        prompt_token_cost=1.0,
        answer_token_cost=4.0,
        clock=lambda: float(next(times)),
    )
    for _ in answers:
        try:
            async for _ in model.answer(REQUEST, whose="acme", timeout_seconds=5.0):
                pass
        except ModelUnavailable:
            pass
    return metrics


def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    return metrics.registry.get_sample_value(name, labels)


@pytest.mark.parametrize("is_cut", [False, True])
async def test_tokens_and_what_they_cost_are_those_of_the_tenant(is_cut: bool) -> None:
    metrics = await counted(["{}", AnswerEnd(is_cut, Usage(100, 7))])
    tokens, cost = "invoice_model_tokens_total", "invoice_model_cost_units_total"
    assert value(metrics, tokens, tenant="acme", phase="prompt") == 100
    assert value(metrics, tokens, tenant="acme", phase="answer") == 7
    assert value(metrics, cost, tenant="acme", phase="prompt") == 100
    assert value(metrics, cost, tenant="acme", phase="answer") == 28


async def test_wait_is_until_the_first_piece_and_of_answers_that_began() -> None:
    metrics = await counted(["{", "}"], [ModelFailure.OVERLOADED], ["{", ModelFailure.TOO_SLOW])
    assert value(metrics, "invoice_model_wait_seconds_count") == 2
    assert value(metrics, "invoice_model_wait_seconds_sum") == 6


async def test_model_that_tells_no_usage_counts_no_tokens() -> None:
    metrics = await counted(["{}", AnswerEnd(False, None)])
    assert value(metrics, "invoice_model_tokens_total", tenant="acme", phase="prompt") is None


async def test_budget_of_the_settings_is_held() -> None:
    settings = ModelSettings(url="http://127.0.0.1:1/v1", name="small", tenant_tokens=20_000)
    long = ModelRequest(system="", user="x" * 20_000, schema="{}", max_tokens=40)
    async with opened_model(settings, Metrics()) as model:
        assert model is not None and model.identity.model == "small"
        with pytest.raises(ModelUnavailable, match="BUDGET_SPENT"):
            await anext(model.answer(long, whose="acme", timeout_seconds=5.0))


async def test_without_settings_there_is_no_model() -> None:
    async with opened_model(None, Metrics()) as model:
        assert model is None
