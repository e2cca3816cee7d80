"""Writes texts on readings: a model chooses where there is one, and the templates write where it does not."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace

from invoice_reading.reading import Reading
from invoice_summarizer.domain.errors import InvalidInput, InvoiceSummarizerError
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.choice import Choice, choice_of
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.gate import SummaryGate, Verification, verify_by_plan
from invoice_summarizer.domain.summarizing.model_answer import AnswerDefect, AnswerRefused
from invoice_summarizer.domain.summarizing.model_draft import ModelDraft
from invoice_summarizer.domain.summarizing.model_request import (
    PROMPT_NAME,
    ModelRequest,
    model_request,
    prompt_sha256,
)
from invoice_summarizer.domain.summarizing.template import summarize_plan
from invoice_summarizer.domain.summary import (
    DEFAULT_LANGUAGE,
    BoundText,
    Origin,
    Provenance,
    Style,
)
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    LanguageModel,
    ModelFailure,
    ModelUnavailable,
)
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.stored_reading import StoredReading

_TEMPLATE = "template"


class SummaryRefused(InvoiceSummarizerError):
    """The gate refused the text, and there is none to take its place: a mistake of ours, never of the caller."""

    reason = "SUMMARY_REFUSED"

    @classmethod
    def by(cls, verification: Verification) -> "SummaryRefused":
        codes = ", ".join(verification.codes)
        return cls(f"the summary could not be bound to the document: {codes}")


class InstructionNeedsModel(InvalidInput):
    """The caller asks for what only a model can do, and there is none, or none for this style."""

    reason = "INSTRUCTION_NEEDS_MODEL"

    def __init__(self, style: Style) -> None:
        problem = (
            "an instruction is for a model, and one line leaves it nothing to choose: ask for another style, or without it"
            if style is Style.ONE_LINE
            else "an instruction is for a model, and none is configured: ask without it"
        )
        super().__init__(problem, field="instruction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a caller wants to read; `instruction` is what it shall be about, in their words."""

    language_code: str
    style: Style
    instruction: str = ""

    @property
    def freedom(self) -> Freedom:
        """How far a model may depart from the style's own choice."""
        return Freedom.SELECT if self.instruction else Freedom.ADD


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text that has passed the gate, and how it came about."""

    text: BoundText
    origin: Origin
    provenance: Provenance
    refusal_reasons: tuple[str, ...] = ()
    refused_answer: str = ""  # of the model, where it was refused
    added_sentences: int = 0  # required ones that the model had left out


def write_by_template(
    reading: Reading, language_code: str, style: Style, status: InvoiceStatus | None = None
) -> BoundText:
    """Returns the templates' text on the reading, which has passed the gate; `status` is that of a stored invoice.

    Raises UnsupportedLanguage, and SummaryRefused where the gate refuses the text.
    """
    return written_by_plan(InvoicePlan(reading, status), language_code or DEFAULT_LANGUAGE, style)


def written_by_plan(plan: InvoicePlan, language: str, style: Style) -> BoundText:
    """Returns what `write_by_template` does, by a plan that was made before."""
    bound = summarize_plan(plan, style, language)
    verification = verify_by_plan(bound, plan, language, style)
    if not verification.accepted:
        raise SummaryRefused.by(verification)
    return bound


def template_of(reading: StoredReading, wanted: Wanted, status: InvoiceStatus) -> BoundText:
    """Returns what `write_by_template` does of the stored reading."""
    return write_by_template(reading.unpacked(), wanted.language_code, wanted.style, status)


def checked_choice_of(reading: StoredReading, wanted: Wanted, status: InvoiceStatus) -> Choice:
    """Returns what a model may choose from; each sentence has passed the gate, and may be sent as soon as it is chosen."""
    plan = InvoicePlan(reading.unpacked(), status)
    choice = choice_of(plan, wanted.style, wanted.language_code, wanted.freedom)
    gate = SummaryGate(plan, wanted.language_code, wanted.style, wanted.freedom)
    for sentence in choice.sentences:
        verification = gate.verify_part(sentence.said)
        if not verification.accepted:
            raise SummaryRefused.by(verification)
    return choice


def verification_of(
    reading: StoredReading, bound: BoundText, wanted: Wanted, status: InvoiceStatus
) -> Verification:
    """Returns what the gate says of a whole text that a model has chosen.

    By a plan of its own: to carry that of the choice along costs more than to make it, and the gate takes none of a
    writer.
    """
    plan = InvoicePlan(reading.unpacked(), status)
    return SummaryGate(plan, wanted.language_code, wanted.style, wanted.freedom).verify(bound)


class SummaryWriter:
    """Writes one text after the other; `answer_seconds` is what a model may take for one."""

    def __init__(
        self, work: LongWork, model: LanguageModel | None, *, build: str, answer_seconds: float
    ) -> None:
        self._work = work
        self._model = model
        self._build = build
        self._answer_seconds = answer_seconds

    @property
    def build(self) -> str:
        return self._build

    def writer_of(self, origin: Origin) -> tuple[str, ...] | None:
        """Returns what would write a text of that origin now; None where it is a model's and there is none."""
        if origin is not Origin.MODEL:
            return self._provenance_of_template.writer
        return self._provenance_of_model(None).writer if self._model else None

    def intended(self, wanted: Wanted) -> tuple[Origin, Provenance]:
        """Returns whose text it will be if nothing fails. Raises InstructionNeedsModel."""
        if self._model_for(wanted) is None:
            if wanted.instruction:
                raise InstructionNeedsModel(wanted.style)
            return Origin.TEMPLATE, self._provenance_of_template
        return Origin.MODEL, self._provenance_of_model(None)

    async def write(
        self,
        whose: str,
        reading: StoredReading,
        status: InvoiceStatus,
        wanted: Wanted,
        *,
        seconds_left: float,
    ) -> AsyncGenerator[BoundText | Written, None]:
        """Yields what each sentence adds to the text as soon as it stands, and Written last.

        Nothing is yielded that has not passed the gate. Where a model fails in the midst, the text of Written is the
        templates', and does not begin with what came before. Raises UnsupportedLanguage, SummaryRefused, WorkLost,
        InstructionNeedsModel.
        """
        model = self._model_for(wanted)
        origin, reasons, answer = Origin.TEMPLATE, tuple[str, ...](), ""
        if model is not None:
            choice = await self._work(whose, reading, checked_choice_of, wanted, status)
            draft = ModelDraft(choice)
            request = model_request(choice, wanted.style, wanted.instruction)
            timeout = min(self._answer_seconds, seconds_left)
            asked = asyncio.get_running_loop().time()
            answer_pieces = model.answer(request, whose=whose, timeout_seconds=timeout)
            try:
                async with aclosing(_sentences(answer_pieces, draft)) as sentences:
                    async for sentence in sentences:
                        yield sentence
                verification = await self._work(
                    whose, reading, verification_of, draft.bound, wanted, status
                )
                if not verification.accepted:
                    raise AnswerRefused(*verification.codes)
            except ModelUnavailable as error:
                waited = asyncio.get_running_loop().time() - asked
                is_callers = seconds_left < self._answer_seconds and waited >= seconds_left
                failure = error.failure
                if failure is ModelFailure.TOO_SLOW and is_callers:
                    failure = ModelFailure.DEADLINE_TOO_SHORT
                origin, reasons = Origin.TEMPLATE_AFTER_FAILURE, (failure.value,)
            except AnswerRefused as error:
                origin, reasons = Origin.TEMPLATE_AFTER_REFUSAL, error.reasons
                answer = draft.answer
            else:
                yield Written(
                    text=draft.bound,
                    origin=Origin.MODEL,
                    provenance=replace(
                        self._provenance_of_model(request), takes_as_offered=draft.takes_as_offered
                    ),
                    added_sentences=draft.added,
                )
                return
        elif wanted.instruction:
            raise InstructionNeedsModel(wanted.style)
        text = await self._work(whose, reading, template_of, wanted, status)
        if origin is Origin.TEMPLATE:
            yield text
        yield Written(
            text=text,
            origin=origin,
            provenance=self._provenance_of_template,
            refusal_reasons=reasons,
            refused_answer=answer,
        )

    async def written(
        self,
        whose: str,
        reading: StoredReading,
        status: InvoiceStatus,
        wanted: Wanted,
        *,
        seconds_left: float,
    ) -> Written:
        """Returns the end of what `write` yields, and raises as it does."""
        async with aclosing(
            self.write(whose, reading, status, wanted, seconds_left=seconds_left)
        ) as pieces:
            async for piece in pieces:
                if isinstance(piece, Written):
                    return piece
        raise AssertionError("a text ends with how it came about")

    def _model_for(self, wanted: Wanted) -> LanguageModel | None:
        """Returns the model; None in one line, which has no room for a choice."""
        return None if wanted.style is Style.ONE_LINE else self._model

    @property
    def _provenance_of_template(self) -> Provenance:
        return Provenance(engine=_TEMPLATE, build=self._build)

    def _provenance_of_model(self, request: ModelRequest | None) -> Provenance:
        assert self._model is not None
        identity = self._model.identity
        return Provenance(
            engine=identity.engine,
            build=self._build,
            model=identity.model,
            model_sha256=identity.weights_sha256,
            tokenizer_sha256=identity.tokenizer_sha256,
            prompt=PROMPT_NAME,
            prompt_sha256=prompt_sha256(),
            schema_sha256=request.schema_sha256 if request else "",
            decode_parameters=identity.decode_parameters,
        )


async def _sentences(
    answer: AsyncGenerator[str | AnswerEnd, None], draft: ModelDraft
) -> AsyncGenerator[BoundText, None]:
    """Yields what each sentence of the answer adds to the draft. Raises AnswerRefused, ModelUnavailable."""
    async with aclosing(answer) as pieces:
        async for piece in pieces:
            if isinstance(piece, AnswerEnd):
                if piece.is_cut:
                    raise AnswerRefused(AnswerDefect.ANSWER_CUT)
                break
            for sentence in draft.feed(piece):
                yield sentence
    for sentence in draft.end():
        yield sentence
