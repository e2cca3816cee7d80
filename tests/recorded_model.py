"""A model whose answers were kept: one file a request, named by the digest of all that was asked."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator
from pathlib import Path

import msgspec

from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    LanguageModel,
    ModelFailure,
    ModelIdentity,
    ModelUnavailable,
)


class _Record(msgspec.Struct):
    """`pieces` are as they came."""

    pieces: list[str]
    is_cut: bool


class RecordedLanguageModel:
    """Gives the answers of the folder. A request that is not there is answered by nobody: UNREACHABLE."""

    def __init__(self, folder: Path, identity: ModelIdentity) -> None:
        self._folder = folder
        self._identity = identity

    @property
    def identity(self) -> ModelIdentity:
        return self._identity

    async def answer(
        self, request: ModelRequest, *, whose: str, timeout_seconds: float
    ) -> AsyncGenerator[str | AnswerEnd, None]:
        try:
            data = await asyncio.to_thread(_file(self._folder, request).read_bytes)
        except FileNotFoundError as error:
            raise ModelUnavailable(ModelFailure.UNREACHABLE) from error
        record = msgspec.json.decode(data, type=_Record)
        for piece in record.pieces:
            yield piece
        yield AnswerEnd(is_cut=record.is_cut, usage=None)

    async def aclose(self) -> None:
        """There is nothing open."""


class RecordingLanguageModel:
    """Answers as the other model does, and keeps each whole answer in the folder."""

    def __init__(self, folder: Path, model: LanguageModel) -> None:
        self._folder = folder
        self._model = model

    @property
    def identity(self) -> ModelIdentity:
        return self._model.identity

    async def answer(
        self, request: ModelRequest, *, whose: str, timeout_seconds: float
    ) -> AsyncGenerator[str | AnswerEnd, None]:
        pieces = list[str]()
        async for piece in self._model.answer(
            request, whose=whose, timeout_seconds=timeout_seconds
        ):
            if isinstance(piece, AnswerEnd):
                data = msgspec.json.encode(_Record(pieces, piece.is_cut))
                await asyncio.to_thread(_file(self._folder, request).write_bytes, data)
            else:
                pieces.append(piece)
            yield piece

    async def aclose(self) -> None:
        await self._model.aclose()


def _file(folder: Path, request: ModelRequest) -> Path:
    asked = msgspec.json.encode(request)
    return folder / f"{hashlib.sha256(asked).hexdigest()}.json"
