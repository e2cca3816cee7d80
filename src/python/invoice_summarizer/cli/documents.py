"""The files that a command line names."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from invoice_summarizer.cli.client import OutgoingDocument
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.presentation.output import Record
from invoice_summarizer.cli.presentation.printable import printable

_SUFFIXES = frozenset({".xml", ".pdf"})
_LARGEST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Documents:
    """Files to be read, and how many others of each ending were passed over in the folders."""

    files: Sequence[Path]
    skipped: Mapping[str, int]

    def __str__(self) -> str:
        """Says what was skipped; empty where nothing was."""
        if not self.skipped:
            return ""
        count = sum(self.skipped.values())
        endings = ", ".join(f"{number} {ending}" for ending, number in self.skipped.items())
        return f"{count} other file{'' if count == 1 else 's'} skipped: {endings}"

    def records(self) -> Sequence[Record]:
        """Returns what programs read of it, behind the records of the files: one record, or none."""
        return [{"skipped": dict(self.skipped)}] if self.skipped else []


def documents_in(paths: Iterable[Path]) -> Documents:
    """Returns the files, and for a folder the XML and PDF files in it and below, each once and in order of name.

    Raises CommandFailed where there are none.
    """
    files: dict[Path, None] = {}
    others: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        for file in sorted(each for each in path.rglob("*") if each.is_file()):
            (files if file.suffix.lower() in _SUFFIXES else others)[file] = None
    endings = Counter(_ending(file) for file in others if file not in files)
    documents = Documents(tuple(files), dict(sorted(endings.items())))
    if not files:
        beside = f" ({documents})" if others else ""
        raise wrong_usage(f"there are no XML or PDF files in these folders{beside}", "NO_DOCUMENTS")
    return documents


def read_file(path: Path) -> bytes:
    """Returns the bytes. Raises CommandFailed where there are none to be had, or more than any service takes."""
    try:
        size = path.stat().st_size
        if size > _LARGEST_BYTES:
            raise CommandFailed(
                ExitCode.FINDING, "DOCUMENT_TOO_LARGE", "the document is larger than 64 MiB"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise CommandFailed(ExitCode.NOT_FOUND, "FILE_NOT_FOUND", "there is no such file") from None
    except OSError as error:
        raise CommandFailed(
            ExitCode.FINDING, "FILE_UNREADABLE", error.strerror or "cannot be read"
        ) from None


def outgoing(path: Path, *, stable_request_id: bool = False) -> OutgoingDocument:
    """Returns the file as a request sends it; a stable request id is made of the bytes, any other of chance."""
    data = read_file(path)
    name = "".join(character for character in path.name if character.isprintable())
    return OutgoingDocument(
        data=data,
        file_name=name[-_LONGEST_NAME:],
        request_id=stable_id(data) if stable_request_id else str(uuid.uuid4()),
    )


def stable_id(data: bytes) -> str:
    """Returns a UUID that is the same for the same bytes, in the form of a random one, which AIP-155 wants."""
    return str(uuid.UUID(bytes=hashlib.sha256(data).digest()[:16], version=4))


def _ending(file: Path) -> str:
    return printable(file.suffix.lower()) or "without an ending"
