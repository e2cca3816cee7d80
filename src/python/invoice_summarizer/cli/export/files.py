"""Exported invoices as files of a folder, and what became of each."""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.export.writing import STANDARD_OUTPUT
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.new_file import make_folder, require_new, write_new
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.printable import printable
from invoices.v1 import query_service_pb2

_Reason = query_service_pb2.LeftOutField.Reason
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_INDEX = re.compile(r"\[[0-9]+\]")

_WHY = {
    "EXPORT_WITHOUT_CURRENCY": "it has no currency, without which no amount can be written",
    "EXPORT_TOO_LARGE": "the file would be larger than what is read",
    "INVOICE_NOT_READ": "its document is not read",
}


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """What became of one invoice: the file that it is in, or why there is none."""

    of: str  # the invoice, or the file that it was read from
    header: query_service_pb2.ExportedInvoice
    file: Path | None
    failure: CommandFailed | None = None

    @property
    def exit_code(self) -> ExitCode:
        if self.failure is not None:
            return self.failure.exit_code_of_document
        return ExitCode.OK if self.file is not None else ExitCode.FINDING

    def record(self) -> Mapping[str, Any]:
        """Returns what programs read of it."""
        if self.failure is not None:
            return {"of": self.of, "error": self.failure.record()}
        header = self.header
        return {
            "of": self.of,
            "file": str(self.file) if self.file is not None else "",
            "failure_reason": header.failure_reason,
            "left_out": [
                {"field_path": each.field_path, "reason": _Reason.Name(each.reason)}
                for each in header.left_out
            ],
            "left_out_size": header.left_out_size,
            "missing_elements": list(header.missing_elements),
            "missing_elements_size": header.missing_elements_size,
        }

    def lines(self) -> Sequence[str]:
        """Returns what a person reads of it."""
        of = printable(self.of)
        if self.failure is not None:
            return [f"{of}: {self.failure}"]
        reason = self.header.failure_reason
        if reason:
            return [f"{of}: not written, as {_WHY.get(reason, enum_words(reason))} [{reason}]"]
        said = [f"{of}: {printable(str(self.file))}"]
        if self.header.left_out_size:
            fields = (
                f"{_INDEX.sub('[*]', each.field_path)} ({enum_words(_Reason.Name(each.reason))})"
                for each in self.header.left_out
            )
            said.append(f"  left out: {_counted(fields, self.header.left_out_size)}")
        if self.header.missing_elements_size:
            elements = ("/".join(_steps(each)[-2:]) for each in self.header.missing_elements)
            counted = _counted(elements, self.header.missing_elements_size)
            said.append(f"  required by the schema, and nobody said it: {counted}")
        return said


@dataclass(slots=True)
class Folder:
    """Where the files go: a folder, which is made where it is not there, or standard output."""

    path: Path
    force: bool
    _names: set[str] = field(default_factory=set)

    def prepare(self) -> None:
        """Makes the folder. Raises CommandFailed where that cannot be."""
        if self.path == STANDARD_OUTPUT:
            return
        make_folder(self.path)

    def write(
        self, of: str, header: query_service_pb2.ExportedInvoice, data: bytes
    ) -> ExportedFile:
        """Writes a file under the name of the header, and returns what became of it.

        Of two files of one name, the second is `name-2.xml`.
        """
        if header.failure_reason:
            return ExportedFile(of, header, None)
        if self.path == STANDARD_OUTPUT:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return ExportedFile(of, header, STANDARD_OUTPUT)
        file = self.path / self._free_name(header)
        try:
            require_new(file, self.force)
            write_new(file, data, self.force)
        except CommandFailed as failure:
            return ExportedFile(of, header, None, failure)
        return ExportedFile(of, header, file)

    def _free_name(self, header: query_service_pb2.ExportedInvoice) -> str:
        # It comes from elsewhere: a name that could lead out of the folder is none.
        safe = _SAFE_NAME.fullmatch(header.file_name) is not None
        name = Path(header.file_name if safe else short_id(header.name) or "invoice")
        free, number = name.name, 1
        while free in self._names:
            number += 1
            free = f"{name.stem}-{number}{name.suffix}"
        self._names.add(free)
        return free


def _steps(xpath: str) -> Sequence[str]:
    return _INDEX.sub("", xpath).split("/")


def _counted(things: Iterable[str], number: int) -> str:
    """Returns the things, each once with how often it is there, and how many there are beyond them."""
    counts = Counter(things)
    said = [f"{printable(thing)}{f' x {n}' if n > 1 else ''}" for thing, n in counts.items()]
    more = number - counts.total()
    return ", ".join(said) + (f", and {more} more" if more else "")
