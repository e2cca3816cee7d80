"""One invoice: what it is, what was read of it, and what is not sure."""

from collections.abc import Iterable, Iterator, Sequence
from math import floor
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from en16931.field_path import steps
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.findings import findings_view
from invoice_summarizer.cli.presentation.kinds import kind_of
from invoice_summarizer.cli.presentation.numbered import Row, numbered_lines
from invoice_summarizer.cli.presentation.printable import in_one_line, printable
from invoice_summarizer.cli.presentation.review_reasons import (
    NO_OTHERS,
    Others,
    passing_words,
    reason_words,
)
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import assurance_pb2, content_pb2, invoice_pb2

_Status = invoice_pb2.Invoice.Status
_FieldStatus = assurance_pb2.FieldAnnotation.Status
STATUS_STYLES = {
    "ready": "green",
    "approved": "green",
    "review pending": "yellow",
    "failed": "bold red",
    "rejected": "red",
}


def invoice_view(invoice: invoice_pb2.Invoice, others: Others = NO_OTHERS) -> RenderableType:
    """Returns head, reasons, every field with its evidence, and the findings."""
    parts: list[RenderableType] = [_head(invoice)]
    if invoice.review_reasons:
        parts += [Text(), review_reasons_view(invoice.review_reasons, invoice.status, others)]
    if invoice.annotations:
        parts += [Text(), FieldsView(invoice.content, invoice.annotations)]
    left_out = invoice.line_count - len(invoice.content.lines)
    if invoice.annotations and left_out:
        command = f"invoicectl lines {short_id(invoice.name)}"
        parts += [Text(f"{left_out} more of {invoice.line_count} lines: {command}")]
    if invoice.findings or invoice.other_rules:
        parts += [Text(), findings_view(invoice.findings, invoice.other_rules)]
    if invoice.HasField("completeness"):
        parts += [completeness_line(invoice.completeness)]
    return Group(*parts)


# Gaps of the certificate that say that a sum was decided, and does not hold.
_DIFFERING = frozenset({"LINE_SUM_DIFFERS", "SUMS_DIFFER"})
_GAPS = {
    "PAGES_NOT_READ": "a page is broken",
    "ROWS_NOT_RETURNED": "some rows look like lines and are none",
    "LINE_SUM_DIFFERS": "the lines do not add up",
    "LINE_PRODUCTS_DIFFER": "the amounts of lines are not quantity times price",
    "NO_LINES": "no lines",
    "LINE_SUM_NOT_DECIDABLE": "no sum is stated for the lines",
    "SUMS_DIFFER": "",  # said before
    "SEVERAL_INVOICES": "another invoice stands in the file, or may",
}


def status_text(status: invoice_pb2.Invoice.Status.ValueType) -> Text:
    word = enum_words(_Status.Name(status))
    return Text(word, style=STATUS_STYLES.get(word, ""))


def review_reasons_view(
    reasons: Sequence[str],
    status: invoice_pb2.Invoice.Status.ValueType = _Status.STATUS_UNSPECIFIED,
    others: Others = NO_OTHERS,
    findings: Sequence[assurance_pb2.Finding] = (),
) -> RenderableType:
    """Returns why a person has to look; once somebody has decided, why somebody had to.

    Where nobody has to, says which of the findings failed all the same.
    """
    decided = status in (_Status.APPROVED, _Status.REJECTED)
    if not reasons:
        return Text("" if decided else passing_words(findings), style="green")
    head = Text("Why a person had to look:" if decided else "Needs a person:", style="yellow")
    lines = Text("\n").join(
        Text(reason_words(reason, others)).append(
            f" [{printable(reason.partition(':')[0])}]", style="dim"
        )
        for reason in reasons
    )
    return Group(head, Padding(lines, (0, 0, 0, 2), expand=False))


def completeness_line(completeness: assurance_pb2.Completeness) -> Text:
    verdict = assurance_pb2.Completeness.Verdict.Name(completeness.verdict).lower()
    parts = [f"{completeness.rows_returned} of {completeness.rows_seen} lines"]
    if completeness.pages:
        pages = f"{completeness.pages_read} of {completeness.pages} pages"
        of_several = completeness.parts > 1 and completeness.first_page
        parts.append(f"{pages} from page {completeness.first_page}" if of_several else pages)
    if completeness.set_aside:
        parts.append(f"set aside: {', '.join(map(_page_set_aside, completeness.set_aside))}")
    if completeness.sums_close:
        parts.append("sums close")
    else:
        differ = not _DIFFERING.isdisjoint(completeness.gaps)
        parts.append("sums do not close" if differ else "sums not decidable")
    parts.extend(words for gap in completeness.gaps if (words := _GAPS.get(gap, enum_words(gap))))
    return Text(f"Completeness: {verdict} ({', '.join(parts)})")


def _page_set_aside(aside: assurance_pb2.PageSetAside) -> str:
    kind = enum_words(assurance_pb2.PageSetAside.Kind.Name(aside.kind))
    return f"page {aside.page} ({kind})"


class FieldsView:
    """Every annotated field: its value, or why there is none, and where it stands."""

    def __init__(
        self,
        content: content_pb2.InvoiceContent,
        annotations: Iterable[assurance_pb2.FieldAnnotation],
    ) -> None:
        self._content = content
        self._annotations = annotations

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rows = [self._row(annotation) for annotation in self._annotations]
        yield Text("How sure, field, value, place:", style="dim")
        yield numbered_lines(rows, options.max_width)

    def _row(self, annotation: assurance_pb2.FieldAnnotation) -> Row:
        value = field_value(annotation, text_at(self._content, annotation.field_path))
        sure = percentage(annotation.confidence) if annotation.HasField("confidence") else ""
        return Row(f"{sure:>4}", annotation.field_path, value, tuple(annotation.evidence))


def field_value(annotation: assurance_pb2.FieldAnnotation, value: str | None) -> str:
    """Returns the value with what the document says where a person has changed it, or why there is none."""
    candidates = " or ".join(each.value for each in annotation.candidates)
    if annotation.status != _FieldStatus.PRESENT or value is None:
        status = enum_words(_FieldStatus.Name(annotation.status))
        return f"{status}: {candidates}" if candidates else status
    return f"{value} (the document says {candidates})" if candidates else value


def percentage(confidence: float) -> str:
    """Returns the confidence in whole percent, rounded down: 100% is said of what is certain only."""
    return f"{floor(round(confidence * 100, 6))}%"


def text_at(content: content_pb2.InvoiceContent, path: str) -> str | None:
    """Returns the value at a field path of the content as it is written there; None where there is none."""
    at: Any = content
    for step in steps(path):
        if isinstance(step, int):
            at = at[step]
            continue
        field = at.DESCRIPTOR.fields_by_name[step]
        if field.has_presence and not at.HasField(step):
            return None
        at = getattr(at, step)
        if field.enum_type is not None:
            at = field.enum_type.values_by_number[at].name
    return str(at)


def money(content: content_pb2.InvoiceContent) -> str:
    """Returns the total with its currency, empty where none was read."""
    total = content.totals.amount_with_vat or content.totals.amount_due
    return f"{total} {content.currency_code}".strip() if total else ""


def titled(content: content_pb2.InvoiceContent, document: invoice_pb2.Document) -> str:
    """Returns what a person knows the invoice by: number, seller and date, else the name of the file."""
    known = list(_known(content))
    return in_one_line(", ".join(known) if known else document.file_name or "unnamed document")


def named(invoice: invoice_pb2.Invoice) -> str:
    """Returns what a person has to know before the invoice goes: which it is, its amount, and its id."""
    title = titled(invoice.content, invoice.document)
    known = ", ".join(each for each in (title, money(invoice.content)) if each)
    return f"{known} ({short_id(invoice.name)})"


def _known(content: content_pb2.InvoiceContent) -> Iterator[str]:
    for text in (content.invoice_number, content.seller.name, content.issue_date):
        if text:
            yield text


def _due(content: content_pb2.InvoiceContent) -> Iterator[Text]:
    """Yields a line that says how much is due, in which direction, and by when, as far as that was read."""
    due = content.totals.amount_due
    if not due:
        return
    amount = f"{due} {content.currency_code}".strip()
    if kind_of(content) == "credit note":
        yield Text(f"credit note: {amount} in our favour", style="bold")
        return
    by = f", by {content.payment_due_date}" if content.payment_due_date else ", no due date read"
    yield Text(f"{kind_of(content) or 'invoice'}: {amount} due{by}", style="bold")


def _head(invoice: invoice_pb2.Invoice) -> RenderableType:
    document = invoice.document
    form = enum_words(invoice_pb2.Document.Form.Name(invoice.form))
    lines: list[tuple[str, Text | str]] = [
        ("invoice", short_id(invoice.name)),
        ("status", status_text(invoice.status)),
        (
            "document",
            f"{printable(document.file_name) or '(no name)'}, {document.size_bytes} bytes",
        ),
        ("form", form if invoice.form else "not read"),
        ("total", money(invoice.content)),
        ("failure", explained(invoice.failure_reason) if invoice.failure_reason else ""),
        ("decision", printable(invoice.decision_comment)),
        ("received", invoice.create_time.ToDatetime().strftime("%Y-%m-%d %H:%M:%S UTC")),
        ("etag", invoice.etag),
    ]
    text = Text()
    for name, value in lines:
        if value:
            text.append(f"{name:<10}", style="dim").append(value).append("\n")
    text.right_crop()
    return Group(
        Text(titled(invoice.content, document), style="bold"),
        *_due(invoice.content),
        Padding(text, (0, 0, 0, 2), expand=False),
    )
