"""A language model that answers under a schema. It is never trusted: whoever asks it checks the answer."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from invoice_summarizer.domain.summarizing.model_request import ModelRequest


class ModelFailure(StrEnum):
    """Why a model gave no answer."""

    UNREACHABLE = "UNREACHABLE"  # nothing answers, or the connection broke
    OVERLOADED = "OVERLOADED"  # it refused for want of room
    TOO_SLOW = "TOO_SLOW"  # the time for an answer was over
    DEADLINE_TOO_SHORT = "DEADLINE_TOO_SHORT"  # it had less time than that, and the call's was over
    REFUSED = "REFUSED"  # it takes no such request: a wrong token, another API
    WRONG_MODEL = "WRONG_MODEL"  # another model than the settings name is served
    RESTING = "RESTING"  # it failed so often that it is left alone for a while
    BUDGET_SPENT = "BUDGET_SPENT"  # the tenant has had its tokens, and it was not asked


class ModelUnavailable(Exception):
    """The model gave no whole answer. No caller of the services sees this: the templates write.

    `was_asked` says that the engine may have begun to work, since the request had been sent and was not refused.
    """

    def __init__(self, failure: ModelFailure, *, was_asked: bool = False) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.was_asked = was_asked


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelIdentity:
    """What a summary records of the model that chose for it."""

    engine: str  # with its version
    model: str
    weights_sha256: str = ""
    tokenizer_sha256: str = ""
    decode_parameters: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer took."""

    prompt_tokens: int
    answer_tokens: int


@dataclass(frozen=True, slots=True)
class AnswerEnd:
    """An answer ended; `is_cut` says that it did so at the limit of tokens."""

    is_cut: bool
    usage: Usage | None


class LanguageModel(Protocol):
    """Answers requests; any number of calls at a time."""

    @property
    def identity(self) -> ModelIdentity:
        """The model, as the settings name it."""
        ...

    def answer(
        self, request: ModelRequest, *, whose: str, timeout_seconds: float
    ) -> AsyncGenerator[str | AnswerEnd, None]:
        """Yields the answer in pieces, and AnswerEnd last; `whose` is the tenant that asks.

        The same request gives the same answer wherever the engine can. Raises ModelUnavailable at any place where the
        answer does not go on; within the time-out it has ended one way or the other. Nothing is left running where the
        caller stops listening.
        """
        ...

    async def aclose(self) -> None:
        """Leaves no connection open."""
        ...
