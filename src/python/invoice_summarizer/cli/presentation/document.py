"""What was understood of one document that is not stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.findings import findings_view
from invoice_summarizer.cli.presentation.invoice import completeness_line, review_reasons_view
from invoice_summarizer.cli.presentation.output import Record, record_of
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.presentation.summary import EvidenceDetail, summary_view
from invoices.v1 import assurance_pb2, invoice_pb2, validate_service_pb2

_WIDEST_RULE = 80


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """A file, and what was understood of one invoice in it, or why nothing was."""

    file: str
    answer: validate_service_pb2.ValidateInvoiceResponse | CommandFailed
    part: int = 1

    @property
    def parts(self) -> int:
        """How many invoices the file holds."""
        return (
            1 if isinstance(self.answer, CommandFailed) else max(self.answer.completeness.parts, 1)
        )

    @property
    def title(self) -> str:
        """The name of the file and, where it holds several invoices, which of them this is."""
        return self.file if self.parts == 1 else f"{self.file}, invoice {self.part} of {self.parts}"

    @property
    def exit_code(self) -> ExitCode:
        """Returns OK where the document was read and no check of it failed that is more than information."""
        if isinstance(self.answer, CommandFailed):
            return self.answer.exit_code_of_document
        wrong = any(
            finding.outcome == assurance_pb2.Finding.FAILED
            and finding.severity != assurance_pb2.Finding.INFORMATION
            for finding in self.answer.findings
        )
        return ExitCode.FINDING if wrong else ExitCode.OK

    def record(self) -> Record:
        if isinstance(self.answer, CommandFailed):
            return {"file": self.file, "error": self.answer.record()}
        if self.parts == 1:
            return record_of(self.answer, file=self.file)
        return record_of(self.answer, file=self.file, part=self.part)


def outcomes_view(
    outcomes: Sequence[DocumentOutcome], skipped: str, detail: EvidenceDetail
) -> RenderableType:
    """Returns each document under a rule with its name, and last what was skipped."""
    parts: list[RenderableType] = []
    for outcome in outcomes:
        parts += [document_rule(outcome.title), _outcome_view(outcome, detail), Text()]
    return Group(*parts, Text(skipped)) if skipped else Group(*parts[:-1])


def document_rule(title: str) -> RenderableType:
    """Returns the title in front of a line that is no longer than a page is wide; a title is never cut."""
    return _Rule(printable(title))


@dataclass(frozen=True, slots=True)
class _Rule:
    title: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        shown = Text(f"{self.title} ")
        room = min(_WIDEST_RULE, options.max_width) - shown.cell_len
        yield shown.append("─" * max(room, 0), style="dim")


def _outcome_view(outcome: DocumentOutcome, detail: EvidenceDetail) -> RenderableType:
    answer = outcome.answer
    if isinstance(answer, CommandFailed):
        return Text(f"not read: {answer}", style="bold red")
    form = enum_words(invoice_pb2.Document.Form.Name(answer.form))
    return Group(
        Text(f"read as {form}", style="dim"),
        summary_view(answer.summary, detail),
        Text(),
        findings_view(answer.findings, answer.other_rules, answer.rule_texts),
        completeness_line(answer.completeness),
        review_reasons_view(answer.review_reasons, findings=answer.findings),
    )
