"""Findings as a table: the sides of every sum, and what a failed rule demands."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from invoice_summarizer.cli.presentation.printable import printable
from invoices.v1 import assurance_pb2

_Finding = assurance_pb2.Finding
_STYLES = {_Finding.FAILED: "bold red", _Finding.PASSED: "green"}
_SHOWN = (_Finding.FAILED, _Finding.NOT_DECIDABLE, _Finding.PASSED)


def findings_view(findings: Sequence[assurance_pb2.Finding]) -> RenderableType:
    """Returns the findings, the failed ones first; rules that do not apply are counted only."""
    counts = Counter(finding.outcome for finding in findings)
    parts: list[RenderableType] = [Text(_counted(counts))]
    shown = sorted(
        (finding for finding in findings if finding.outcome in _SHOWN),
        key=lambda finding: _SHOWN.index(finding.outcome),
    )
    if shown:
        parts.append(_table(shown))
    parts.extend(_demands(shown))
    return Group(*parts)


def _counted(counts: Counter[assurance_pb2.Finding.Outcome.ValueType]) -> str:
    words = [
        f"{counts[outcome]} {_outcome(outcome).lower()}"
        for outcome in (*_SHOWN, _Finding.NOT_APPLICABLE)
        if counts[outcome]
    ]
    return f"Checks: {', '.join(words) or 'none'}"


def _table(findings: Sequence[assurance_pb2.Finding]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("rule", no_wrap=True)
    table.add_column("outcome", no_wrap=True)
    for side in ("left", "right", "residual", "tolerance"):
        table.add_column(side, justify="right", overflow="fold")
    for finding in findings:
        table.add_row(
            finding.rule_id,
            Text(_outcome(finding.outcome).lower(), style=_STYLES.get(finding.outcome, "")),
            *(finding.left, finding.right, finding.residual, finding.tolerance),
        )
    return table


def _demands(findings: Sequence[assurance_pb2.Finding]) -> Iterator[RenderableType]:
    for finding in findings:
        if finding.outcome == _Finding.FAILED:
            fields = f" ({', '.join(finding.field_paths)})" if finding.field_paths else ""
            line = Text(f"{finding.rule_id}: ", style="bold")
            line.append(printable(finding.message) + fields, style="not bold")
            yield Padding(line, (0, 0, 0, 2))


def _outcome(outcome: assurance_pb2.Finding.Outcome.ValueType) -> str:
    return _Finding.Outcome.Name(outcome).replace("_", " ")
