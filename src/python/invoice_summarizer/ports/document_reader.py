"""Reading a document that nobody trusts."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from invoice_reading.assist.question import Pointing, Question
from invoice_reading.attached_files import AttachedFile
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.page import Box
from invoice_reading.reading import Reading
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.ports.packed import Packed


class ReadingLimit(StrEnum):
    """What reading a document can cost too much of, whatever it is."""

    CPU = "CPU"
    TIME = "TIME"
    MEMORY = "MEMORY"
    OUTPUT = "OUTPUT"  # what was read is too large to be handed on


class ReadingLimitExceeded(DocumentUnreadable):
    """Reading was ended at a limit.

    Metadata `limit` says at which, and `allowed` how much of it this document might cost: seconds, or bytes.
    """

    reason = "READING_LIMIT_EXCEEDED"

    def __init__(self, limit: ReadingLimit, allowed: float) -> None:
        super().__init__(
            "reading the document costs more than is allowed",
            metadata={"limit": limit.value, "allowed": f"{allowed:.12g}"},
        )
        self.limit = limit


class ReaderCrashed(DocumentUnreadable):
    """What read the document ended in the midst of it; the reader itself goes on."""

    reason = "READER_CRASHED"

    def __init__(self) -> None:
        super().__init__("what read the document ended")


class ReaderUnavailable(Unavailable):
    """Nothing can be read now, through no fault of the document: the reader is closed, or cannot start."""

    reason = "READER_UNAVAILABLE"

    def __init__(self) -> None:
        super().__init__("the reader does not answer")


Fetch = Callable[[], Awaitable[bytes]]
# Learns how many pages whose pictures have to be read have been, and of how many, each time that there is one more.
PagesTold = Callable[[int, int], None]


def tell_nobody(done: int, pages: int) -> None:
    """Nobody wants to know."""


class DocumentReader(Protocol):
    """Reads documents; any number of calls at a time, which wait where the reader has no room.

    Those who wait take turns, by the tenants that they read for (`whose`): nobody waits for more than one document of
    another tenant's once a place is free.

    Pages whose pictures have to be read take a second each: `told` learns of them where there are any, at first with
    none done, and again from the beginning where others are found later.

    After a failed or cancelled call nothing of it is left running, and the next call works. Whatever a document is, a
    call ends within the limits of the reader.
    """

    async def read(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        """Returns what is read of each invoice in the document, one at least, as `invoice_reading.read.read_every` does.

        What is packed raises ReaderCrashed where it cannot be unpacked: the document has made it so.

        Raises DocumentUnreadable, of which ReadingLimitExceeded and ReaderCrashed are kinds, and ReaderUnavailable.
        """
        ...

    async def render_page(
        self,
        fetch: Fetch,
        page: int,
        dots_per_inch: int,
        boxes: Sequence[Box] = (),
        *,
        whose: str = "",
    ) -> bytes:
        """Returns a page of a PDF, counted from 1, as a PNG, upright, with a frame around each box.

        `fetch` gives the bytes of the PDF. It is called once there is a place, so that nobody who waits holds a document.

        Raises as `read` and `fetch` do; PageNotFound where there is no such page.
        """
        ...

    async def attached_file(
        self, fetch: Fetch, sha256: str, *, whose: str = ""
    ) -> AttachedFile | None:
        """Returns the supporting document of that SHA-256 (lower-case hexadecimal) that the e-invoice carries; None where
        it carries none.

        `fetch` gives the bytes of the document, as in `render_page`. Raises as `read` and `fetch` do.
        """
        ...

    async def aclose(self) -> None:
        """Leaves nothing running. Calls that are under way end with ReaderUnavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What was read, and what may be asked about it; None where all is sure."""

    readings: Sequence[Packed[Reading]]
    question: Question | None  # never of a document that holds several invoices


class AskingDocumentReader(DocumentReader, Protocol):
    """A reader that says what it is unsure of, and takes an answer."""

    async def ask(
        self,
        data: bytes,
        declared_media_type: str = "",
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Asked:
        """Returns what `read` does, and what may be asked about it. Raises as `read` does."""
        ...

    async def read_pointed(
        self,
        data: bytes,
        declared_media_type: str,
        pointing: Pointing,
        *,
        whose: str = "",
        told: PagesTold = tell_nobody,
    ) -> Sequence[Packed[Reading]]:
        """Returns what is read of the same document where somebody pointed at words of its question.

        Raises as `read` does.
        """
        ...
