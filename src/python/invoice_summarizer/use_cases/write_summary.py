"""Writes texts on readings: a model chooses where there is one, and the templates write where it does not."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field

from invoice_reading.reading import Reading
from invoice_summarizer.domain.errors import InvalidInput, InvoiceSummarizerError
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.choice import Choice, ChosenText, choice_of
from invoice_summarizer.domain.summarizing.fact_words import following
from invoice_summarizer.domain.summarizing.facts.plan import Freedom, InvoicePlan
from invoice_summarizer.domain.summarizing.gate import SummaryGate, Verification, verify_by_plan
from invoice_summarizer.domain.summarizing.model_answer import (
    AnswerDefect,
    AnswerReader,
    AnswerRefused,
)
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
    Claim,
    Origin,
    Provenance,
    Style,
)
from invoice_summarizer.ports.language_model import (
    AnswerEnd,
    LanguageModel,
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
        codes = ", ".join(sorted({refusal.code for refusal in verification.refusals}))
        return cls(f"the summary could not be bound to the document: {codes}")


class InstructionNeedsModel(InvalidInput):
    """The caller asks for what only a model can do, and there is none, or none for this style."""

    reason = "INSTRUCTION_NEEDS_MODEL"

    def __init__(self) -> None:
        super().__init__(
            "an instruction is followed by a model, and none writes here in this style",
            field="instruction",
        )


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
    language = language_code or DEFAULT_LANGUAGE
    plan = InvoicePlan(reading, status)
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
    """Returns what the gate says of a whole text that a model has chosen."""
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

    def intended(self, wanted: Wanted) -> tuple[Origin, Provenance]:
        """Returns whose text it will be if nothing fails. Raises InstructionNeedsModel."""
        if self._model_for(wanted) is None:
            if wanted.instruction:
                raise InstructionNeedsModel
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
            draft = _Draft()
            timeout = min(self._answer_seconds, seconds_left)
            try:
                async with aclosing(
                    self._chosen(model, whose, reading, status, wanted, draft, timeout)
                ) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except ModelUnavailable as error:
                origin, reasons = Origin.TEMPLATE_AFTER_FAILURE, (error.failure.value,)
            except _Refused as error:
                origin, reasons = Origin.TEMPLATE_AFTER_REFUSAL, error.reasons
                answer = draft.reader.kept
        elif wanted.instruction:
            raise InstructionNeedsModel
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

    async def _chosen(
        self,
        model: LanguageModel,
        whose: str,
        reading: StoredReading,
        status: InvoiceStatus,
        wanted: Wanted,
        draft: "_Draft",
        timeout: float,
    ) -> AsyncGenerator[BoundText | Written, None]:
        choice = await self._work(whose, reading, checked_choice_of, wanted, status)
        request = model_request(choice, wanted.style, wanted.instruction)
        chosen = ChosenText(choice)
        keys = list[str]()
        async with aclosing(model.answer(request, whose=whose, timeout_seconds=timeout)) as answer:
            async for piece in answer:
                if isinstance(piece, AnswerEnd):
                    if piece.is_cut:
                        raise _Refused(AnswerDefect.ANSWER_CUT)
                    break
                for key in draft.keys(piece):
                    keys.append(key)
                    sentence = _sentence(chosen, key)
                    if sentence is not None:
                        yield draft.append(sentence)
        draft.end(keys)
        if chosen.is_empty:
            raise _Refused(AnswerDefect.ANSWER_EMPTY)
        added = list(chosen.missing())
        for sentence in added:
            yield draft.append(sentence)
        verification = await self._work(
            whose, reading, verification_of, draft.bound, wanted, status
        )
        if not verification.accepted:
            raise _Refused(*sorted({refusal.code for refusal in verification.refusals}))
        yield Written(
            text=draft.bound,
            origin=Origin.MODEL,
            provenance=self._provenance_of_model(request),
            added_sentences=len(added),
        )

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


class _Refused(Exception):
    def __init__(self, *reasons: str) -> None:
        self.reasons = tuple(str(reason) for reason in reasons)


@dataclass(slots=True)
class _Draft:
    """The text so far, and the answer that it comes from."""

    reader: AnswerReader = field(default_factory=AnswerReader)
    text: str = ""
    claims: list[Claim] = field(default_factory=list)

    def keys(self, piece: str) -> list[str]:
        try:
            return list(self.reader.feed(piece))
        except AnswerRefused as error:
            raise _Refused(error.defect) from error

    def end(self, keys: list[str]) -> None:
        """Refuses an answer that is not whole, or of which other keys were read while it came."""
        try:
            if self.reader.end() != keys:
                raise _Refused(AnswerDefect.ANSWER_NOT_OF_SCHEMA)
        except AnswerRefused as error:
            raise _Refused(error.defect) from error

    def append(self, sentence: BoundText) -> BoundText:
        piece = following(self.text, sentence)
        self.text += piece.text
        self.claims += piece.claims
        return piece

    @property
    def bound(self) -> BoundText:
        return BoundText(text=self.text, claims=tuple(self.claims))


def _sentence(chosen: ChosenText, key: str) -> BoundText | None:
    try:
        return chosen.add(key)
    except KeyError as error:
        raise _Refused(AnswerDefect.KEY_UNKNOWN) from error
