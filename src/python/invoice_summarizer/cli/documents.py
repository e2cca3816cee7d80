"""The files that a command line names."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from invoice_summarizer.cli.client import OutgoingDocument
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage

_SUFFIXES = frozenset({".xml", ".pdf"})
_LARGEST_BYTES = 64 * 1024 * 1024
_LONGEST_NAME = 255


def documents_in(paths: Iterable[Path]) -> list[Path]:
    """Returns the files, and for a folder the XML and PDF files in it and below, each once and in order of name.

    Raises CommandFailed where there are none.
    """
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    if not files:
        raise wrong_usage("there are no XML or PDF files in these folders", "NO_DOCUMENTS")
    return files


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


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    yield from sorted(
        file for file in path.rglob("*") if file.suffix.lower() in _SUFFIXES and file.is_file()
    )
