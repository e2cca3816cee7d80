"""The model of a process that writes summaries: behind an endpoint, held to budgets, and counted."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager

from invoice_summarizer.adapters.openai_http.language_model import OpenAiLanguageModel
from invoice_summarizer.adapters.token_budget.language_model import TokenBudgetLanguageModel
from invoice_summarizer.domain.summarizing.model_request import DECODE_PARAMETERS, ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    LanguageModel,
    ModelIdentity,
    Usage,
)
from invoice_summarizer.settings import ModelSettings
from invoice_summarizer.telemetry import Metrics


@asynccontextmanager
async def opened_model(
    settings: ModelSettings | None, metrics: Metrics
) -> AsyncIterator[LanguageModel | None]:
    """Yields the model of the settings, None where they have none; its connections are closed at the end."""
    if settings is None:
        yield None
        return
    model: LanguageModel = OpenAiLanguageModel(
        ModelIdentity(
            engine=settings.engine,
            model=settings.name,
            weights_sha256=settings.weights_sha256 or "",
            tokenizer_sha256=settings.tokenizer_sha256 or "",
            decode_parameters=DECODE_PARAMETERS,
        ),
        base_url=settings.url,
        api_key=settings.api_key.get_secret_value() if settings.api_key else "",
        slow_after_seconds=settings.answer_seconds / 2,
    )
    if settings.tenant_tokens is not None:
        model = TokenBudgetLanguageModel(
            model, tokens=settings.tenant_tokens, window_seconds=settings.tenant_window_seconds
        )
    try:
        yield CountedLanguageModel(
            model,
            metrics,
            prompt_token_cost=settings.prompt_token_cost,
            answer_token_cost=settings.answer_token_cost,
        )
    finally:
        await model.aclose()


class CountedLanguageModel:
    """Answers as the other model does; the metrics have how long its answers took to begin, and what they cost."""

    def __init__(
        self,
        model: LanguageModel,
        metrics: Metrics,
        *,
        prompt_token_cost: float,
        answer_token_cost: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._metrics = metrics
        self._prompt_token_cost = prompt_token_cost
        self._answer_token_cost = answer_token_cost
        self._clock = clock

    @property
    def identity(self) -> ModelIdentity:
        return self._model.identity

    async def answer(
        self, request: ModelRequest, *, whose: str, timeout_seconds: float
    ) -> AsyncGenerator[str | AnswerEnd, None]:
        asked, has_begun = self._clock(), False
        async with aclosing(
            self._model.answer(request, whose=whose, timeout_seconds=timeout_seconds)
        ) as pieces:
            async for piece in pieces:
                if not has_begun:
                    has_begun = True
                    self._metrics.model_wait_seconds.observe(self._clock() - asked)
                if isinstance(piece, AnswerEnd) and piece.usage is not None:
                    self._count(whose, piece.usage)
                yield piece

    async def aclose(self) -> None:
        await self._model.aclose()

    def _count(self, whose: str, usage: Usage) -> None:
        for phase, tokens, cost in (
            ("prompt", usage.prompt_tokens, self._prompt_token_cost),
            ("answer", usage.answer_tokens, self._answer_token_cost),
        ):
            self._metrics.model_tokens.labels(whose, phase).inc(tokens)
            self._metrics.model_cost_units.labels(whose, phase).inc(tokens * cost)
