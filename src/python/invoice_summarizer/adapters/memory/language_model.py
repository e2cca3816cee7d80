"""A model whose answers a function gives."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable

from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    ModelFailure,
    ModelIdentity,
    ModelUnavailable,
    Usage,
)

Answer = Callable[[ModelRequest], Iterable[str | AnswerEnd | ModelFailure | None]]


class MemoryLanguageModel:
    """Gives the pieces of the function's answer, and AnswerEnd where it has none; a failure is raised in its place.

    None stands for an answer that does not go on: the time-out ends it.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.requests = list[ModelRequest]()

    @property
    def identity(self) -> ModelIdentity:
        return ModelIdentity(engine="memory", model="function", decode_parameters="none")

    async def answer(
        self, request: ModelRequest, *, whose: str, timeout_seconds: float
    ) -> AsyncGenerator[str | AnswerEnd, None]:
        self.requests.append(request)
        taken = 0
        for piece in self._answer(request):
            if isinstance(piece, ModelFailure):
                raise ModelUnavailable(piece, was_asked=bool(taken))
            if piece is None:
                await asyncio.sleep(timeout_seconds)
                raise ModelUnavailable(ModelFailure.TOO_SLOW, was_asked=True)
            yield piece
            if isinstance(piece, AnswerEnd):
                return
            taken += 1
        yield AnswerEnd(is_cut=False, usage=Usage(len(request.user) // 4, taken))

    async def aclose(self) -> None:
        """There is nothing open."""
