"""A model that each tenant may ask for so many tokens only, in a window of time."""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    LanguageModel,
    ModelFailure,
    ModelIdentity,
    ModelUnavailable,
)

_TEMPLATE_TOKENS = 64  # what a chat template puts around the two messages, and some to spare


@dataclass(slots=True)
class _Window:
    ends: float
    left: int


class TokenBudgetLanguageModel:
    """Asks the other model while the tenant has tokens left: BUDGET_SPENT beyond them, and nothing is asked.

    A tenant's window begins with its first request, and a new one where that has ended. A request takes the most tokens
    that it can need; what it did not need comes back: all of it where the model was not asked, and all but the prompt
    where its answer did not begin. So a tenant never has more than its tokens in a window, however many requests it
    sends at once.
    """

    def __init__(
        self,
        model: LanguageModel,
        *,
        tokens: int,
        window_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model = model
        self._tokens = tokens
        self._window_seconds = window_seconds
        self._clock = clock
        self._windows: dict[str, _Window] = {}  # as many as there are tenants

    @property
    def identity(self) -> ModelIdentity:
        return self._model.identity

    async def answer(
        self, request: ModelRequest, *, whose: str, timeout_seconds: float
    ) -> AsyncGenerator[str | AnswerEnd, None]:
        most = most_tokens(request)
        window = self._window(whose)
        if window.left < most:
            raise ModelUnavailable(ModelFailure.BUDGET_SPENT)
        window.left -= most
        needed = _most_tokens_of_prompt(request)
        try:
            async with aclosing(
                self._model.answer(request, whose=whose, timeout_seconds=timeout_seconds)
            ) as pieces:
                async for piece in pieces:
                    # Where the answer does not come to its end, nobody tells what it has taken.
                    needed = _told(piece) or most
                    yield piece
        except ModelUnavailable as error:
            if not error.was_asked:
                needed = 0
            raise
        finally:
            window.left += most - needed

    async def aclose(self) -> None:
        await self._model.aclose()

    def _window(self, whose: str) -> _Window:
        now = self._clock()
        window = self._windows.get(whose)
        if window is None or window.ends <= now:
            window = self._windows[whose] = _Window(now + self._window_seconds, self._tokens)
        return window


def most_tokens(request: ModelRequest) -> int:
    """Returns the most tokens of the prompt and its answer: none is less than a byte of the prompt."""
    return _most_tokens_of_prompt(request) + request.max_tokens


def _most_tokens_of_prompt(request: ModelRequest) -> int:
    return len(request.system.encode()) + len(request.user.encode()) + _TEMPLATE_TOKENS


def _told(piece: str | AnswerEnd) -> int | None:
    if isinstance(piece, AnswerEnd) and piece.usage is not None:
        return piece.usage.prompt_tokens + piece.usage.answer_tokens
    return None
