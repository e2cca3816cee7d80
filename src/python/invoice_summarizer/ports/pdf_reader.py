"""Reading a PDF that nobody trusts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

from invoice_reading.page import PdfContent

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfLimits:
    """What one document may cost. The processor time grows with the pages that the document has."""

    pages: int = 2_000
    cpu_seconds: float = 3
    cpu_seconds_per_page: float = 0.2
    wall_seconds: float = 120
    memory_bytes: int = 1024 * _MIB  # address space of the reading process
    words: int = 1_000_000
    attachment_bytes: int = 64 * _MIB  # all attachments together, unpacked
    output_bytes: int = 128 * _MIB  # words and attachments as they leave the reading process


class ExceededLimit(StrEnum):
    CPU = "CPU"
    TIME = "TIME"
    MEMORY = "MEMORY"
    WORDS = "WORDS"
    ATTACHMENTS = "ATTACHMENTS"
    OUTPUT = "OUTPUT"


class PdfReadError(Exception):
    """The document could not be read. `reason` is stable; no text of the document is in the message.

    PdfReadError
      PdfDamaged        no PDF, cut off, or too broken to give a single page
      PdfEncrypted      needs a password; a document that opens with the empty one is read
      PdfWithoutPages   well-formed, but nothing in it to read
      PdfTooManyPages   more pages than the limits allow
      PdfLimitExceeded  another limit was reached; `limit` says which
      PdfReaderCrashed  the reading process ended; the reader itself goes on
    """

    reason: ClassVar[str] = "PDF_UNREADABLE"

    def __init__(self) -> None:
        super().__init__(self.reason)


class PdfDamaged(PdfReadError):
    reason = "PDF_DAMAGED"


class PdfEncrypted(PdfReadError):
    reason = "PDF_ENCRYPTED"


class PdfWithoutPages(PdfReadError):
    reason = "PDF_NO_PAGES"


class PdfTooManyPages(PdfReadError):
    reason = "PDF_TOO_MANY_PAGES"


class PdfLimitExceeded(PdfReadError):
    reason = "PDF_LIMIT_EXCEEDED"

    def __init__(self, limit: ExceededLimit) -> None:
        Exception.__init__(self, f"{self.reason}: {limit}")
        self.limit = limit


class PdfReaderCrashed(PdfReadError):
    reason = "PDF_READER_CRASHED"


class PdfReader(Protocol):
    """Reads PDFs; any number of calls at a time, which wait their turn where the reader has no room.

    After a failed or cancelled call nothing of it is left running, and the next call works.
    """

    async def read(self, data: bytes, limits: PdfLimits) -> PdfContent:
        """Returns the words of every page that can be read, and the files inside.

        A page that is broken for itself is left out: `pages_total` counts it. Words stand in the order in which the
        document draws them, block by block and line by line; boxes are those of the page as a viewer shows it.
        Raises PdfReadError.
        """
        ...

    async def aclose(self) -> None:
        """Leaves no process behind. Calls that are under way end with PdfReaderCrashed."""
        ...
