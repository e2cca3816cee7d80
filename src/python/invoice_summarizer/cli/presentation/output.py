"""Prints answers in the form that was asked for."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

# Importing them registers the types that operations carry packed.
from google.rpc import error_details_pb2  # noqa: F401
from rich.console import RenderableType

from invoice_summarizer.cli.export.csv_table import CsvTable
from invoice_summarizer.cli.export.table import Sheet
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.presentation.terminal import terminal
from invoices.v1 import operation_pb2  # noqa: F401

Record = Mapping[str, Any]

_MORE = {"reason": "MORE_PAGES", "message": "there are more: --all gives all of them"}


class OutputFormat(StrEnum):
    TABLE = "table"  # for people
    JSON = "json"  # one document: an object, or an array where there may be several
    JSONL = "jsonl"  # one object a line
    CSV = "csv"  # of a list

    @property
    def is_for_programs(self) -> bool:
        """Says whether errors and warnings are objects too."""
        return self in (OutputFormat.JSON, OutputFormat.JSONL)


class Output:
    """Answers go to standard output, everything else to standard error."""

    def __init__(self, format: OutputFormat) -> None:
        self.format = format
        self.console = terminal()
        self.errors = terminal(stderr=True)

    def one(
        self,
        message: Message,
        view: Callable[[], RenderableType],
        sheet: Callable[[], Sheet] | None = None,
    ) -> None:
        if self.format is OutputFormat.TABLE:
            self.console.print(view())
        elif self.format is OutputFormat.CSV:
            self._csv(sheet)
        else:
            self._json(record_of(message))

    def several(
        self,
        records: Iterable[Record],
        view: Callable[[], RenderableType],
        *,
        soft_wrap: bool = False,
        more: bool = False,
        sheet: Callable[[], Sheet] | None = None,
    ) -> None:
        """Prints one record for each answer, also where there is only one. `soft_wrap` leaves lines to the terminal.

        Where there are more than these, the view says so to people; else it is said on standard error.
        """
        if self.format is OutputFormat.TABLE:
            self.console.print(view(), soft_wrap=soft_wrap)
        elif self.format is OutputFormat.CSV:
            self._csv(sheet)
        elif self.format is OutputFormat.JSONL:
            for record in records:
                self._json(record)
        else:
            self._json(list(records))
        if more and self.format is OutputFormat.CSV:
            print(f"invoicectl: {_MORE['message']}", file=self.errors.file)
        elif more and self.format.is_for_programs:
            print(_dumped({"warning": _MORE}), file=self.errors.file)

    def piece(self, record: Record, view: Callable[[], RenderableType]) -> None:
        """Prints one of several answers as it comes; as JSON they are one document, which `rest` prints."""
        if self.format is OutputFormat.TABLE:
            self.console.print(view(), soft_wrap=True)
        elif self.format is OutputFormat.JSONL:
            self._json(record)
        self.console.file.flush()

    def rest(
        self, whole: Sequence[Record], last: Sequence[Record], view: Callable[[], RenderableType]
    ) -> None:
        """Prints what is left to be said when the last piece has come: `whole` only where the pieces were not printed."""
        if self.format is OutputFormat.TABLE:
            self.console.print(view(), soft_wrap=True)
        elif self.format is OutputFormat.JSON:
            self._json([*whole, *last])
        else:
            for record in last:
                self._json(record)

    def note(self, line: str) -> None:
        """Says to a person what was done; programs see it from the exit code."""
        if self.format is OutputFormat.TABLE:
            self.console.print(line, soft_wrap=True)

    def aside(self, line: str) -> None:
        """Says on standard error, to a person, what is no part of the answer."""
        if self.format is OutputFormat.TABLE:
            print(line, file=self.errors.file)

    def failure(self, failure: CommandFailed) -> None:
        """Says on standard error why the command failed: in a line to people, as an object on a line to programs."""
        if self.format.is_for_programs:
            print(_dumped({"error": failure.record()}), file=self.errors.file)
        else:
            print(f"invoicectl: {failure}", file=self.errors.file)

    def _csv(self, sheet: Callable[[], Sheet] | None) -> None:
        assert sheet is not None, "options_of refuses CSV where there is no list"
        rows = sheet()
        table = CsvTable(self.console.file, rows.columns)
        for row in rows.rows:
            table.add(row)

    def _json(self, value: object) -> None:
        indent = 2 if self.format is OutputFormat.JSON else None
        # Not by rich, which would wrap at the width of the terminal.
        print(_dumped(value, indent), file=self.console.file)


def record_of(message: Message, **beside: Any) -> Record:
    """Returns the message as proto JSON with the field names of the proto, behind what else is to be said."""
    return {**beside, **MessageToDict(message, preserving_proto_field_name=True)}


def _dumped(value: object, indent: int | None = None) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # A name of a file that is no UTF-8 has lone surrogates, which JSON can write by escapes only.
    return text.encode("utf-8", "backslashreplace").decode()
