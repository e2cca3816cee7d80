"""One document as the report shows it: its verdict, and each rule that it does not keep, with places and remedy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.presentation.document import DocumentOutcome
from invoice_summarizer.cli.presentation.invoice import text_at
from invoice_summarizer.cli.validation_report.labels import Labels
from invoice_summarizer.domain.rule_texts.rule_text import field_name
from invoices.v1 import assurance_pb2, validate_service_pb2

_Finding = assurance_pb2.Finding
_Answer = validate_service_pb2.ValidateInvoiceResponse
_MOST_PLACES = 10  # of one rule; the rest is counted
_LONGEST_VALUE = 300  # characters of a value


class Verdict(StrEnum):
    SOUND = "sound"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it stands; `label` says in which of two sources, and is empty where there is one."""

    label: str
    text: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A field or an element that the rule speaks of; empty for the whole document. `sides` are those of a sum."""

    field: str
    values: tuple[Value, ...]
    sides: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BrokenRule:
    rule: str
    text: str
    remedy: str
    message: str
    places: tuple[Place, ...]
    more: str  # that there are more places


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    kind: str
    rules: tuple[BrokenRule, ...]


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    file: str  # its name alone: the page goes to others
    verdict: Verdict
    words: str
    failure: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[Section, ...] = ()
    rule_count: int = 0


def checked_document(outcome: DocumentOutcome, labels: Labels, language: str) -> CheckedDocument:
    """Returns what the report says of the document."""
    answer, file = outcome.answer, PurePath(outcome.title).name
    if isinstance(answer, CommandFailed):
        return CheckedDocument(file, Verdict.UNREAD, labels.unread, failure=str(answer))
    parts = (
        (labels.errors, "error", _failed(answer, _Finding.ERROR)),
        (labels.warnings, "warning", _failed(answer, _Finding.WARNING)),
        (labels.undecided, "undecided", _undecided(answer)),
        (labels.information, "information", _failed(answer, _Finding.INFORMATION)),
    )
    sections = tuple(
        Section(title, kind, tuple(_rules(answer, findings, labels, language)))
        for title, kind, findings in parts
        if findings
    )
    verdict, words = _verdict({section.kind for section in sections}, labels)
    rules = {finding.rule_id for finding in answer.findings}
    rules.update(rule_id for other in answer.other_rules for rule_id in other.rule_ids)
    return CheckedDocument(
        file,
        verdict,
        words,
        facts=tuple(_facts(answer, labels)),
        sections=sections,
        rule_count=len(rules),
    )


def _verdict(kinds: set[str], labels: Labels) -> tuple[Verdict, str]:
    if "error" in kinds:
        return Verdict.WRONG, labels.wrong
    if "warning" in kinds:
        return Verdict.DOUBTFUL, labels.doubtful
    return Verdict.SOUND, labels.sound


def _failed(
    answer: _Answer, severity: assurance_pb2.Finding.Severity.ValueType
) -> list[assurance_pb2.Finding]:
    return [
        finding
        for finding in answer.findings
        if finding.outcome == _Finding.FAILED and finding.severity == severity
    ]


def _undecided(answer: _Answer) -> list[assurance_pb2.Finding]:
    return [finding for finding in answer.findings if finding.outcome == _Finding.NOT_DECIDABLE]


def _rules(
    answer: _Answer, findings: Sequence[assurance_pb2.Finding], labels: Labels, language: str
) -> Iterator[BrokenRule]:
    texts = {text.rule_id: text for text in answer.rule_texts}
    annotations = {annotation.field_path: annotation for annotation in answer.annotations}
    by_rule: dict[str, list[assurance_pb2.Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule_id, []).append(finding)
    for rule_id, members in by_rule.items():
        places = [
            place
            for finding in members[:_MOST_PLACES]
            for place in _places(answer, finding, annotations, labels, language)
        ]
        rest = len(members) - _MOST_PLACES
        text = texts.get(rule_id)
        yield BrokenRule(
            rule=rule_id,
            text=text.text if text is not None else members[0].message,
            remedy=text.remedy if text is not None else "",
            message="" if text is not None else members[0].message,
            places=tuple(places),
            more=labels.more.format(count=rest) if rest > 0 else "",
        )


def _places(
    answer: _Answer,
    finding: assurance_pb2.Finding,
    annotations: dict[str, assurance_pb2.FieldAnnotation],
    labels: Labels,
    language: str,
) -> Iterator[Place]:
    sides = (
        (labels.left, finding.left),
        (labels.right, finding.right),
        (labels.difference, finding.residual),
    )
    told = sides if finding.HasField("residual") else ()
    if finding.HasField("xml_node"):
        node = assurance_pb2.Evidence(xml_node=finding.xml_node)
        yield Place(_place(node, labels), (), told)
    elif not finding.field_paths and told:
        yield Place("", (), told)
    for at, path in enumerate(finding.field_paths):
        name = field_name(path, language)
        values = tuple(_values(answer, path, annotations.get(path), labels))
        yield Place(f"{name}, {path}" if name else path, values, told if at == 0 else ())


def _values(
    answer: _Answer, path: str, annotation: assurance_pb2.FieldAnnotation | None, labels: Labels
) -> Iterator[Value]:
    if annotation is None:
        return
    sources = {_source(each.evidence, labels) for each in annotation.candidates}
    if len(sources) > 1:
        for candidate in annotation.candidates:
            label = _source(candidate.evidence, labels)
            yield Value(label, _cut(candidate.value), _where(candidate.evidence, labels))
        return
    value = _text(answer, path)
    if value:
        yield Value("", _cut(value), _where(annotation.evidence, labels))


def _text(answer: _Answer, path: str) -> str:
    try:
        return text_at(answer.content, path) or ""
    except (IndexError, KeyError, ValueError):
        return ""  # a line beyond those that the answer has


def _source(evidence: Sequence[assurance_pb2.Evidence], labels: Labels) -> str:
    is_on_page = any(each.HasField("page_region") for each in evidence)
    return labels.on_page if is_on_page else labels.in_xml


def _where(evidence: Sequence[assurance_pb2.Evidence], labels: Labels) -> tuple[str, ...]:
    return tuple(place for each in evidence if (place := _place(each, labels)))


def _place(evidence: assurance_pb2.Evidence, labels: Labels) -> str:
    if evidence.HasField("xml_node"):
        node = evidence.xml_node
        return f"{labels.line} {node.line}: {node.xpath}" if node.line else node.xpath
    if evidence.HasField("page_region"):
        region = evidence.page_region
        return f"{labels.page} {region.page}: {_cut(region.text)}"
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _facts(answer: _Answer, labels: Labels) -> Iterator[tuple[str, str]]:
    currency = _text(answer, "currency_code")
    due = _text(answer, "totals.amount_due")
    facts = (
        (labels.number, _text(answer, "invoice_number")),
        (labels.date, _text(answer, "issue_date")),
        (labels.seller, _text(answer, "seller.name")),
        (labels.buyer, _text(answer, "buyer.name")),
        (labels.amount_due, f"{due} {currency}".strip() if due else ""),
    )
    yield from ((label, _cut(value)) for label, value in facts if value)
