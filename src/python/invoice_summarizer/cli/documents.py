"""The files that a command line names."""

import hashlib
import re
import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.outgoing_document import OutgoingDocument
from invoice_summarizer.cli.presentation.output import Record
from invoice_summarizer.cli.presentation.printable import printable
from invoice_summarizer.cli.reasons import sentence_of

_SUFFIXES = frozenset({".xml", ".p7m", ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"})
_LARGEST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 255
_URL = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
STANDARD_INPUT = Path("-")


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
    """Returns the files, and for a folder the files of a kind that is read in it and below, each once and in order of name.

    Raises CommandFailed where there are none.
    """
    files: dict[Path, None] = {}
    others: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        # A link that leads to nothing is a file too, of which is said that it cannot be read.
        within = sorted(each for each in path.rglob("*") if each.is_file() or _is_broken_link(each))
        documents = [file for file in within if file.suffix.lower() in _SUFFIXES]
        files |= dict.fromkeys(documents or [path])
        others |= dict.fromkeys(file for file in within if file not in documents)
    endings = Counter(_ending(file) for file in others if file not in files)
    found = Documents(tuple(files), dict(sorted(endings.items())))
    if all(path.is_dir() for path in files):
        beside = f" ({found})" if others else ""
        raise wrong_usage(
            f"there are no XML, PDF or picture files in these folders{beside}", "NO_DOCUMENTS"
        )
    return found


def read_file(path: Path) -> bytes:
    """Returns the bytes; those of standard input for `-`.

    Raises CommandFailed where there are none to be had, or more than any service takes.
    """
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(_LARGEST_BYTES + 1)
        _require_size(len(data))
        return data
    _require_file(path)
    try:
        _require_size(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        near = _near(path)
        hint = f"; near it: {near}" if near else ""
        raise CommandFailed(
            ExitCode.NOT_FOUND, "FILE_NOT_FOUND", f"there is no such file{hint}"
        ) from None
    except OSError as error:
        raise CommandFailed(
            ExitCode.FINDING, "FILE_UNREADABLE", error.strerror or "cannot be read"
        ) from None


def _near(path: Path) -> str:
    """Returns the names in the folder that are much like the one of the path, empty where there are none."""
    try:
        names = [printable(each.name) for each in path.parent.iterdir()]
    except OSError:
        return ""
    return ", ".join(get_close_matches(path.name, names))


def _require_file(path: Path) -> None:
    """Raises CommandFailed for what is there and no file, and for what people take for one."""
    # A path has one slash where a URL has two.
    if _URL.match(str(path)) and not path.exists():
        raise CommandFailed(
            ExitCode.FINDING,
            "FILE_IS_URL",
            "this is an address of the web: fetch it, as by `curl -sS URL | invoicectl ingest -`",
        )
    if _is_broken_link(path):
        raise CommandFailed(
            ExitCode.NOT_FOUND,
            "FILE_NOT_FOUND",
            f"the link leads to {path.readlink()}, which is not there",
        )
    if path.is_dir():
        raise CommandFailed(
            ExitCode.FINDING,
            "NO_DOCUMENTS",
            "there are no XML, PDF or picture files in this folder",
        )
    if path.exists() and not path.is_file():
        raise CommandFailed(
            ExitCode.FINDING, "FILE_UNREADABLE", "this is a pipe or a device: send it to - instead"
        )


def _is_broken_link(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _require_size(size: int) -> None:
    if size > _LARGEST_BYTES:
        metadata = {"limit_bytes": str(_LARGEST_BYTES)}
        raise CommandFailed(
            ExitCode.FINDING,
            "DOCUMENT_TOO_LARGE",
            sentence_of("DOCUMENT_TOO_LARGE", metadata),
            metadata=metadata,
        )


def outgoing(path: Path, *, stable_request_id: bool = False) -> OutgoingDocument:
    """Returns the file as a request sends it; a stable request id is made of the bytes, any other of chance."""
    data = read_file(path)
    given = "" if path == STANDARD_INPUT else path.name
    name = "".join(character for character in given if character.isprintable())
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
