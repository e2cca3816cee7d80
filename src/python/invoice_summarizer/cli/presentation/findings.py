"""Findings as a table: the sides of every sum, and what a failed rule demands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.figures import FigureRow, FigureTable
from invoice_summarizer.cli.presentation.printable import printable
from invoices.v1 import assurance_pb2, validate_service_pb2

_Finding = assurance_pb2.Finding
_STYLES = {_Finding.FAILED: "bold red", _Finding.PASSED: "green"}
_SHOWN = (_Finding.FAILED, _Finding.NOT_DECIDABLE, _Finding.PASSED)
_INFORMATION = " (information only)"


def findings_view(
    findings: Sequence[assurance_pb2.Finding],
    other_rules: Sequence[assurance_pb2.RuleOutcomes] = (),
    texts: Iterable[validate_service_pb2.RuleText] = (),
) -> RenderableType:
    """Returns the findings, the failed ones first; rules without a finding are counted only.

    A failed rule is told by its text, with what to change, where there is one, else by the message of the finding.
    """
    parts: list[RenderableType] = [Text(_counted(findings, other_rules))]
    shown = sorted(
        (finding for finding in findings if finding.outcome in _SHOWN),
        key=lambda finding: _SHOWN.index(finding.outcome),
    )
    if shown:
        parts.append(_table(shown))
    parts.extend(_demands(shown, {text.rule_id: text for text in texts}))
    return Group(*parts)


def _counted(
    findings: Sequence[assurance_pb2.Finding], other_rules: Sequence[assurance_pb2.RuleOutcomes]
) -> str:
    counts = Counter((finding.outcome, _is_information(finding)) for finding in findings)
    for rules in other_rules:
        if rules.outcome != _Finding.FAILED:  # these are counted by the finding on the content
            counts[rules.outcome, False] += len(rules.rule_ids)
    words = [
        f"{counts[outcome, information]} {_outcome(outcome)}{_INFORMATION if information else ''}"
        for outcome in (*_SHOWN, _Finding.NOT_APPLICABLE)
        for information in (False, True)
        if counts[outcome, information]
    ]
    return f"Checks: {', '.join(words) or 'none'}"


def _table(findings: Sequence[assurance_pb2.Finding]) -> FigureTable:
    places = _places(findings)
    return FigureTable(
        ("rule", "outcome"),
        ("left", "right", "residual", "tolerance"),
        [
            FigureRow(
                (Text(f"{finding.rule_id} {place}".rstrip()), _outcome_text(finding)),
                (finding.left, finding.right, finding.residual, finding.tolerance),
            )
            for finding, place in zip(findings, places, strict=True)
        ],
    )


def _places(findings: Sequence[assurance_pb2.Finding]) -> Sequence[str]:
    """Returns where each finding looked, for rules of which there are several findings: what only it has."""
    rules = Counter(finding.rule_id for finding in findings)
    return [_place(finding, findings) if rules[finding.rule_id] > 1 else "" for finding in findings]


def _place(finding: assurance_pb2.Finding, findings: Sequence[assurance_pb2.Finding]) -> str:
    elsewhere = {
        path
        for other in findings
        if other.rule_id == finding.rule_id and other is not finding
        for path in other.field_paths
    }
    own = [path for path in finding.field_paths if path not in elsewhere]
    for path in own or finding.field_paths:
        # The row of a group is place enough; which of its fields the rule compares is the rule's.
        return printable(path[: path.rindex("]") + 1] if "]" in path else path)
    return ""


def _outcome_text(finding: assurance_pb2.Finding) -> Text:
    if _is_information(finding):
        return Text(_outcome(finding.outcome) + _INFORMATION)
    return Text(_outcome(finding.outcome), style=_STYLES.get(finding.outcome, ""))


def _is_information(finding: assurance_pb2.Finding) -> bool:
    """Says that the failed rule sends no invoice to a person."""
    return finding.outcome == _Finding.FAILED and finding.severity == _Finding.INFORMATION


def _demands(
    findings: Sequence[assurance_pb2.Finding],
    texts: Mapping[str, validate_service_pb2.RuleText],
) -> Iterator[RenderableType]:
    for finding in findings:
        if finding.outcome == _Finding.FAILED:
            text = texts.get(finding.rule_id)
            told = f"{text.text} {text.remedy}" if text is not None else finding.message
            line = Text(f"{finding.rule_id}: ", style="bold")
            line.append(printable(told) + _looked_at(finding), style="not bold")
            yield Padding(line, (0, 0, 0, 2), expand=False)


def _looked_at(finding: assurance_pb2.Finding) -> str:
    """Returns the fields that the finding is about, or the element of the XML, in brackets."""
    if finding.HasField("xml_node"):
        return f" (XML line {finding.xml_node.line}: {printable(finding.xml_node.xpath)})"
    return f" ({', '.join(map(printable, finding.field_paths))})" if finding.field_paths else ""


def _outcome(outcome: assurance_pb2.Finding.Outcome.ValueType) -> str:
    return enum_words(_Finding.Outcome.Name(outcome))
