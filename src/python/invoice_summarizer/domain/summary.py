"""A summary: a text of which every figure and fact is bound to its place."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from invoice_reading.annotation import Evidence

DEFAULT_LANGUAGE = "en"


class Style(StrEnum):
    ONE_LINE = "ONE_LINE"
    SHORT = "SHORT"
    FULL = "FULL"
    APPROVER = "APPROVER"


class Origin(StrEnum):
    TEMPLATE = "TEMPLATE"
    MODEL = "MODEL"
    TEMPLATE_AFTER_REFUSAL = "TEMPLATE_AFTER_REFUSAL"
    TEMPLATE_AFTER_FAILURE = "TEMPLATE_AFTER_FAILURE"


class InstructionOutcome(StrEnum):
    """What became of what a reader asked for. Nothing tells whether a text is what they meant."""

    NOT_FOLLOWED = "NOT_FOLLOWED"  # the templates wrote, as if it had not been said
    NO_EFFECT_SEEN = "NO_EFFECT_SEEN"  # a model chose nothing by which it could be seen
    LEFT_TO_MODEL = "LEFT_TO_MODEL"  # a model chose with it in mind


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Characters [begin, end) of the text (Unicode code points), bound to the fields whose value they render."""

    begin: int
    end: int
    field_paths: tuple[str, ...]
    finding_rule_ids: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def moved(self, by: int) -> "Claim":
        """Returns the claim of the same text, which stands so many characters further on."""
        return replace(self, begin=self.begin + by, end=self.end + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundText:
    """A text with its claims in text order; no two claims overlap."""

    text: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    engine: str
    build: str
    model: str = ""
    model_sha256: str = ""
    tokenizer_sha256: str = ""
    prompt: str = ""
    prompt_sha256: str = ""
    schema_sha256: str = ""
    decode_parameters: str = ""
    takes_as_offered: bool = False  # a model's choice shows none of its own (`ChosenText`)

    @property
    def writer(self) -> tuple[str, ...]:
        """What makes two writers the same: all but the schema and the choice, which are of one invoice."""
        return (
            self.engine,
            self.build,
            self.model,
            self.model_sha256,
            self.tokenizer_sha256,
            self.prompt_sha256,
            self.decode_parameters,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryIdentity:
    """What makes two summaries of an invoice the same: asked for again, there is no need to write another one."""

    invoice_etag: str
    language_code: str
    style: Style
    instruction: str
    origin: Origin
    writer: tuple[str, ...]

    @property
    def sha256(self) -> str:
        parts = (
            self.invoice_etag,
            self.language_code,
            self.style.value,
            self.instruction,
            self.origin.value,
            *self.writer,
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    id: str
    tenant: str
    invoice_id: str
    text: str
    language_code: str
    style: Style
    origin: Origin
    claims: tuple[Claim, ...]
    provenance: Provenance
    create_time: datetime
    invoice_etag: str  # the state of the invoice that it speaks of
    instruction: str = ""  # what a reader asked for
    refusal_reasons: tuple[str, ...] = ()
    refused_answer: str = ""  # of a model, where it was refused

    @property
    def instruction_outcome(self) -> InstructionOutcome | None:
        """What became of the instruction; None where there was none."""
        if not self.instruction:
            return None
        if self.origin is not Origin.MODEL:
            return InstructionOutcome.NOT_FOLLOWED
        if self.provenance.takes_as_offered:
            return InstructionOutcome.NO_EFFECT_SEEN
        return InstructionOutcome.LEFT_TO_MODEL

    @property
    def identity(self) -> SummaryIdentity:
        return SummaryIdentity(
            invoice_etag=self.invoice_etag,
            language_code=self.language_code,
            style=self.style,
            instruction=self.instruction,
            origin=self.origin,
            writer=self.provenance.writer,
        )
