"""A document reader that asks a model where it is unsure."""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from enum import StrEnum

import structlog

from invoice_reading.assist.question import Pointing, Question
from invoice_reading.attached_files import AttachedFile
from invoice_reading.page import Box
from invoice_reading.reading import Reading
from invoice_summarizer.domain.assisting.pointing_answer import (
    LONGEST_ANSWER,
    PointingDefect,
    PointingRefused,
    pointing_of,
)
from invoice_summarizer.domain.assisting.pointing_request import pointing_request
from invoice_summarizer.ports.document_reader import (
    AskingDocumentReader,
    Fetch,
    PagesTold,
    tell_nobody,
)
from invoice_summarizer.ports.language_model import AnswerEnd, LanguageModel, ModelUnavailable
from invoice_summarizer.ports.packed import Packed

_log = structlog.get_logger()


class Assistance(StrEnum):
    """What became of a question: else it is the ModelFailure or PointingDefect for which nothing came of it."""

    POINTED = "POINTED"
    NOTHING_POINTED_AT = "NOTHING_POINTED_AT"


class AssistedDocumentReader:
    """A DocumentReader; a document that is not read surely is read again with what the model points at.

    The model is shown words and answers with their numbers; values come from the words, by the rules of reading. Where
    it gives no usable answer within `answer_seconds`, the document is read without one: no reading fails for a model.
    `counted` is told what became of each question.
    """

    def __init__(
        self,
        reader: AskingDocumentReader,
        model: LanguageModel,
        *,
        answer_seconds: float,
        counted: Callable[[str], None] = lambda outcome: None,
    ) -> None:
        self._reader = reader
        self._model = model
        self._answer_seconds = answer_seconds
        self._counted = counted

    async def read(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        asked = await self._reader.ask(data, declared_media_type, whose=whose, told=told)
        if asked.question is None:
            return asked.readings
        pointing = await self._pointing(asked.question, whose)
        if pointing is None:
            return asked.readings
        return await self._reader.read_pointed(
            data, declared_media_type, pointing, whose=whose, told=told
        )

    async def render_page(
        self,
        fetch: Fetch,
        page: int,
        dots_per_inch: int,
        boxes: Sequence[Box] = (),
        *,
        whose: str = "",
    ) -> bytes:
        return await self._reader.render_page(fetch, page, dots_per_inch, boxes, whose=whose)

    async def attached_file(
        self, fetch: Fetch, sha256: str, *, whose: str = ""
    ) -> AttachedFile | None:
        return await self._reader.attached_file(fetch, sha256, whose=whose)

    async def aclose(self) -> None:
        """The reader reads nothing more; the model is whoever's that opened it."""
        await self._reader.aclose()

    async def _pointing(self, question: Question, whose: str) -> Pointing | None:
        """Returns what the model points at; None where nothing came of the question."""
        pointing: Pointing | None = None
        outcome: str = Assistance.POINTED
        try:
            pointing = pointing_of(await self._answer(question, whose), question)
        except ModelUnavailable as error:
            outcome = error.failure.value
        except PointingRefused as error:
            outcome = error.defect.value
        else:
            if not pointing:
                outcome = Assistance.NOTHING_POINTED_AT
        self._counted(outcome)
        if outcome != Assistance.POINTED:
            _log.info("reading_not_assisted", outcome=outcome)
        return pointing or None

    async def _answer(self, question: Question, whose: str) -> str:
        """Returns the whole answer. Raises ModelUnavailable and PointingRefused."""
        answer = ""
        pieces = self._model.answer(
            pointing_request(question), whose=whose, timeout_seconds=self._answer_seconds
        )
        async with aclosing(pieces):
            async for piece in pieces:
                if isinstance(piece, AnswerEnd):
                    if piece.is_cut:
                        raise PointingRefused(PointingDefect.ANSWER_CUT)
                    break
                answer += piece
                if len(answer) > LONGEST_ANSWER:
                    raise PointingRefused(PointingDefect.ANSWER_TOO_LONG)
        return answer
