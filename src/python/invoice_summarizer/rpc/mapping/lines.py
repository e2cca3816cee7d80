"""Lines of an invoice as messages, each with what is known of its fields."""

from collections.abc import Iterator

from en16931.field_path import leaves, line_index
from en16931.model import InvoiceContent, InvoiceLine
from invoice_summarizer.ports.invoice_reader import InvoiceLines
from invoice_summarizer.ports.packed import Packed
from invoice_summarizer.rpc.mapping.assurance import add_annotations
from invoice_summarizer.rpc.mapping.bounded import ANSWER_LIMIT_BYTES, fitting
from invoice_summarizer.rpc.mapping.content import fill_group
from invoices.v1 import query_service_pb2

_FIRST = "lines[0]"


def lines_to_proto(page: InvoiceLines) -> Iterator[query_service_pb2.AnnotatedLine]:
    """Yields the lines; one that is larger than an answer may be is named, and left out."""
    by_line: dict[int, list[str]] = {}
    for path in page.annotations:
        if (index := line_index(path)) is not None:
            by_line.setdefault(index, []).append(path)
    for index, line in enumerate(page.lines, start=page.first):
        message = query_service_pb2.AnnotatedLine(index=index)
        fill_group(message.line, line)
        known = {path: page.annotations[path] for path in by_line.get(index, ())}
        add_annotations(message.annotations, known, _paths(index, line))
        if message.ByteSize() > ANSWER_LIMIT_BYTES:
            message = query_service_pb2.AnnotatedLine(index=index, omitted=True)
        yield message


def lines_answer(packed: Packed[InvoiceLines]) -> tuple[bytes, int]:
    """Returns the field `lines` of a ListLinesResponse with as many as an answer has room for, and how many they are."""
    lines = fitting(lines_to_proto(packed.unpacked()))
    return query_service_pb2.ListLinesResponse(lines=lines).SerializeToString(), len(lines)


def _paths(index: int, line: InvoiceLine) -> Iterator[str]:
    for path, _ in leaves(InvoiceContent(lines=(line,))):
        yield f"lines[{index}]{path.removeprefix(_FIRST)}"
