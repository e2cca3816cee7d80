"""The files that an e-invoice carries: what the content says of them, and where they are saved."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.presentation.figures import FigureRow, FigureTable
from invoice_summarizer.cli.presentation.output import Record, record_of
from invoice_summarizer.cli.presentation.printable import in_one_line
from invoices.v1 import content_pb2

_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_MOST_OF_A_NAME = 60  # characters, of four bytes at most


def carried(content: content_pb2.InvoiceContent) -> Sequence[content_pb2.SupportingDocument]:
    """Returns the supporting documents that have a file, each file once."""
    found = dict[str, content_pb2.SupportingDocument]()
    for each in content.supporting_documents:
        if each.attached_document.sha256:
            found.setdefault(each.attached_document.sha256, each)
    return [*found.values()]


def names_of(documents: Sequence[content_pb2.SupportingDocument]) -> Sequence[str]:
    """Returns a name for each file, each another one, that leads nowhere and hides nothing, whatever the invoice says."""
    names, taken = list[str](), set[str]()
    for document in documents:
        file = document.attached_document
        said = _NOT_IN_NAMES.sub("_", file.file_name).lstrip(".-_")[-_MOST_OF_A_NAME:]
        name = Path(said.lstrip(".-_") or file.sha256[:12])
        free, number = name.name, 1
        while free.casefold() in taken:  # some file systems know no small letters
            number += 1
            free = f"{name.stem}-{number}{name.suffix}"
        taken.add(free.casefold())
        names.append(free)
    return names


def attachments_view(
    documents: Sequence[content_pb2.SupportingDocument], saved: Sequence[Path]
) -> RenderableType:
    """Returns a row for each file under headings, with where it was saved if it was."""
    count = Text(f"{len(documents)} attachment{'' if len(documents) == 1 else 's'}")
    if not documents:
        return count
    rows = [
        FigureRow(
            [
                Text(in_one_line(each.attached_document.file_name)),
                Text(in_one_line(each.description or each.reference.value)),
                Text(in_one_line(each.attached_document.mime_type)),
            ],
            [str(each.attached_document.size_bytes)],
            f"saved as {in_one_line(str(file))}" if file else "",
        )
        for each, file in _with_places(documents, saved)
    ]
    table = FigureTable(
        ("file", "what it is", "declared type"),
        ("bytes",),
        rows,
        foldable=frozenset({"file", "what it is"}),
    )
    return Group(table, count)


def records_of(
    documents: Sequence[content_pb2.SupportingDocument], saved: Sequence[Path]
) -> list[Record]:
    """Returns what programs read of each file; `file` is where it was saved if it was."""
    return [
        record_of(each, file=str(file) if file else "")
        for each, file in _with_places(documents, saved)
    ]


def _with_places(
    documents: Sequence[content_pb2.SupportingDocument], saved: Sequence[Path]
) -> Iterator[tuple[content_pb2.SupportingDocument, Path | None]]:
    """Yields each file with where it was saved; None where nothing was to be saved."""
    places: Sequence[Path | None] = saved or [None] * len(documents)
    return zip(documents, places, strict=True)
