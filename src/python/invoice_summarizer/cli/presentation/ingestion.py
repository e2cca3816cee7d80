"""What became of documents that were sent: a line for each, and one for all."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.text import Text

from invoice_summarizer.cli.client import Operation
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.ingestion import Fate, Ingested
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.invoice import status_text
from invoice_summarizer.cli.presentation.lists import (
    failure_reason,
    metadata_of,
    some_reasons,
    state_text,
)
from invoice_summarizer.cli.presentation.output import Record, record_of
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.presentation.review_reasons import NO_OTHERS, Others
from invoice_summarizer.cli.reasons import explained
from invoices.v1 import invoice_pb2

_WIDEST_STATUS = len("review pending")


def whole_record(ingested: Ingested) -> Record:
    """Returns the operation as the server gave it."""
    if isinstance(ingested.answer, CommandFailed):
        return {"file": ingested.file, "error": ingested.answer.record()}
    return record_of(ingested.answer, file=ingested.file)


def short_record(ingested: Ingested) -> Record:
    """Returns what a program needs to go on: which invoice, how it stands and why, and all that came of the document."""
    if isinstance(ingested.answer, CommandFailed):
        return {"file": ingested.file, "error": ingested.answer.record()}
    invoice = invoice_of(ingested)
    failed = failure_reason(ingested.answer)
    status = "FAILED" if failed else invoice_pb2.Invoice.Status.Name(invoice.status)
    return {
        "file": ingested.file,
        "name": metadata_of(ingested.answer).invoice,
        "invoices": _names(ingested.answer),
        "status": status if failed or invoice.status else "RECEIVED",
        "reasons": [failed] if failed else list(invoice.review_reasons),
        "operation": ingested.answer.name,
        "already_here": ingested.known,
    }


def ingested_line(ingested: Ingested, others: Others = NO_OTHERS) -> Text:
    """Returns how it stands, the file, and the invoice's id or why there is none.

    Below stand the other invoices of a file of several, which share its reasons or have some of their own.
    """
    answer = ingested.answer
    if isinstance(answer, CommandFailed):
        line = _begun(Text(ingested.fate.value, style="bold red"), ingested)
        return line.append(f": {answer}")
    failed = failure_reason(answer)
    line = _begun(Text("failed", style="bold red") if failed else _status(ingested), ingested)
    line.append(f"  {short_id(metadata_of(answer).invoice)}")
    if ingested.known:
        line.append("  already here", style="dim")
    reasons = invoice_of(ingested).review_reasons
    if failed:
        line.append(f": {explained(failed)}")
    elif reasons:
        line.append(f": {some_reasons(reasons, others)}", style="yellow")
    for part, name in enumerate(_names(answer)[1:], 2):
        line.append(f"\n{'':{_WIDEST_STATUS}}  invoice {part} of the file: {short_id(name)}")
    return line


def counted(answers: Iterable[Ingested], skipped: str) -> str:
    """Returns how many documents had which fate, as in "5 new, 5 already here, 1 failed, 1 refused"."""
    counts = Counter(each.fate for each in answers)
    said: Sequence[str] = [f"{counts[fate]} {fate.value}" for fate in Fate if counts[fate]]
    return "; ".join(part for part in (", ".join(said), skipped) if part)


def _names(operation: Operation) -> list[str]:
    """Returns the names of all invoices that came of the document, in their order; of the first until it is read."""
    metadata = metadata_of(operation)
    return list(metadata.invoices) or [metadata.invoice]


def _begun(word: Text, ingested: Ingested) -> Text:
    gap = " " * (_WIDEST_STATUS - len(word) + 2)
    return Text().append_text(word).append(gap + printable(ingested.file))


def _status(ingested: Ingested) -> Text:
    invoice = invoice_of(ingested)
    assert not isinstance(ingested.answer, CommandFailed)
    return status_text(invoice.status) if invoice.status else state_text(ingested.answer)


def invoice_of(ingested: Ingested) -> invoice_pb2.Invoice:
    """Returns the invoice as it was read; an empty one where it has not been."""
    invoice = invoice_pb2.Invoice()
    if not isinstance(ingested.answer, CommandFailed):
        ingested.answer.response.Unpack(invoice)
    return invoice
