"""What a claim of a summary rests on, so that anybody can look it up and work it out again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from en16931.derivation import DerivationError, derive, derive_date, with_values
from en16931.exact import decimal_text
from en16931.field_path import FieldPathError, value_at
from en16931.finding import Finding
from en16931.model import Group, InvoiceContent
from invoice_reading.annotation import DateDerivation, Derivation, FieldAnnotation
from invoice_reading.completeness import Completeness
from invoice_reading.reading import Reading
from invoice_summarizer.domain.canonical_value import canonical_text
from invoice_summarizer.domain.summarizing.completeness_binding import CompletenessPart
from invoice_summarizer.domain.summary import Claim

FIELDS_LIMIT = 200  # a sum of lines may have thousands
_OF_COMPLETENESS = re.compile(r"completeness\.([a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedField:
    """`value` is canonical text, of a list how many there are; None where the invoice has none."""

    path: str
    value: str | None
    annotation: FieldAnnotation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputation:
    """A derivation of the claim, worked out again: None where the invoice has changed and gives none any more."""

    expression: str
    with_values: str | None
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimExplanation:
    """`fields` are the first FIELDS_LIMIT of the claim's."""

    fields: tuple[ExplainedField, ...]
    recomputations: tuple[Recomputation, ...]
    findings: tuple[Finding, ...]


def explanation_of(claim: Claim, reading: Reading) -> ClaimExplanation:
    """Returns what the reading says of the fields, derivations and findings that the claim names."""
    return ClaimExplanation(
        fields=tuple(_field(path, reading) for path in claim.field_paths[:FIELDS_LIMIT]),
        recomputations=tuple(_recomputations(claim, reading)),
        findings=tuple(
            finding
            for finding in reading.findings
            if finding.rule_id in claim.finding_rule_ids
            and finding.field_paths == claim.field_paths
        ),
    )


def _field(path: str, reading: Reading) -> ExplainedField:
    return ExplainedField(
        path=path,
        value=_value(path, reading.content),
        annotation=reading.annotations.get(path),
    )


def _value(path: str, content: InvoiceContent) -> str | None:
    try:
        value = value_at(content, path)
    except FieldPathError:  # a member that the invoice has no longer
        return None
    if isinstance(value, tuple):
        return str(len(value))
    return None if value is None or isinstance(value, Group) else canonical_text(value)


def _recomputations(claim: Claim, reading: Reading) -> Iterator[Recomputation]:
    for evidence in claim.evidence:
        if isinstance(evidence, Derivation | DateDerivation):
            shown, value = _worked_out(evidence, reading)
            yield Recomputation(expression=evidence.expression, with_values=shown, value=value)


def _worked_out(
    derivation: Derivation | DateDerivation, reading: Reading
) -> tuple[str | None, str | None]:
    """Returns the expression with its numbers, and what it gives."""
    expression, content = derivation.expression, reading.content
    if expression in frozenset(CompletenessPart):
        return _counted(CompletenessPart(expression), reading.completeness)
    try:
        value = (
            derive_date(expression, content).value.isoformat()
            if isinstance(derivation, DateDerivation)
            else decimal_text(derive(expression, content).value)
        )
        return with_values(expression, content), value
    except DerivationError:
        return None, None


def _counted(part: CompletenessPart, completeness: Completeness) -> tuple[str, str]:
    shown = _OF_COMPLETENESS.sub(lambda match: str(getattr(completeness, match[1])), part.value)
    return shown, str(part.counted_in(completeness))
