"""What parent and child say to each other, in frames over stdin and stdout.

The parent sends two frames, a `Request` and the bytes of the document; the child answers with one, an `Answer`. Before
it come any number of `Allowance`s. The child's first frame says that it is ready, and which walls stand around it.
"""

from collections.abc import Mapping

import msgspec

from invoice_reading.assist.question import Pointing, Question
from invoice_reading.attached_files import AttachedFile
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box
from invoice_reading.recognition.picture import PictureLines
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.adapters.reading_process.reading_pieces import (
    ReadingPieces,
)
from invoice_summarizer.adapters.reading_process.walls import Walls

MOST_BYTES_OF_WALLS = 16
_MOST_BYTES_OF_ALLOWANCE = 32


class ReadRequest(msgspec.Struct, frozen=True, array_like=True, tag="read"):
    limits: ProcessLimits
    pdf_limits: PdfLimits
    declared_media_type: str
    pictures: "Pictures | None" = None  # None where nothing reads pictures
    asks: bool = False  # the answer is AskedReading, where there is something to ask
    pointing: Pointing | None = None  # the answer to what was asked before


class PictureRead(msgspec.Struct, frozen=True, array_like=True, tag="picture_read"):
    """What a process that recognises text read of one page; `lines` encode PictureLines, None where it cannot be painted."""

    lines: bytes | None
    cpu_seconds: float  # that it took


class Pictures(msgspec.Struct, frozen=True, array_like=True):
    """What is known of the pictures of a document, of which others read up to `most`.

    Where more of them are wanted than were `asked` for, the answer is PicturesLeft.
    """

    most: int
    asked: tuple[int, ...] = ()  # numbers of pages
    lines: tuple[bytes, ...] = ()  # of those that could be read, each as in PictureRead


class RecogniseRequest(msgspec.Struct, frozen=True, array_like=True, tag="recognise"):
    """To a process that recognises text. The answer is PictureRead."""

    limits: ProcessLimits
    pdf_limits: PdfLimits
    page: int


class RenderRequest(msgspec.Struct, frozen=True, array_like=True, tag="render"):
    limits: ProcessLimits
    pdf_limits: PdfLimits
    page: int
    dots_per_inch: int
    boxes: tuple[Box, ...] = ()


class AttachedFileRequest(msgspec.Struct, frozen=True, array_like=True, tag="attached_file"):
    limits: ProcessLimits
    pdf_limits: PdfLimits
    sha256: str


Request = ReadRequest | RecogniseRequest | RenderRequest | AttachedFileRequest


class Allowance(msgspec.Struct, frozen=True, array_like=True, tag="allowance"):
    """How much processor time the document may use, by what the child has seen of it so far."""

    cpu_seconds: float


class Picture(msgspec.Struct, frozen=True, array_like=True, tag="picture"):
    png: bytes


class FileFound(msgspec.Struct, frozen=True, array_like=True, tag="file"):
    file: AttachedFile | None


class PicturesLeft(msgspec.Struct, frozen=True, array_like=True, tag="pictures_left"):
    """The document has these pages with pictures, by their numbers, which this process does not read."""

    pages: tuple[int, ...]


class InvoicesRead(msgspec.Struct, frozen=True, array_like=True, tag="invoices"):
    """What was read of each invoice in the document: one at least."""

    readings: tuple[ReadingPieces, ...]


class AskedReading(msgspec.Struct, frozen=True, array_like=True, tag="asked"):
    """What was read, of which not all is sure, and what may be asked about it."""

    reading: ReadingPieces
    question: Question


class Refusal(msgspec.Struct, frozen=True, array_like=True, tag="refusal"):
    """Why there is nothing else to answer: a DocumentUnreadable, in words of ours alone."""

    reason: str
    message: str
    metadata: Mapping[str, str]

    @classmethod
    def of(cls, error: DocumentUnreadable) -> "Refusal":
        return cls(error.reason, error.message, error.metadata)

    def error(self) -> DocumentUnreadable:
        return DocumentUnreadable(self.message, reason=self.reason, metadata=self.metadata)


Sent = InvoicesRead | AskedReading | Picture | FileFound | PicturesLeft | PictureRead | Refusal


def size_bytes(answer: Sent) -> int:
    """Returns how large the readings in the answer are once they are unpacked; 0 where there is none."""
    match answer:
        case InvoicesRead():
            return sum(reading.size_bytes for reading in answer.readings)
        case AskedReading():
            return answer.reading.size_bytes
        case _:
            return 0


_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_allowances = msgspec.msgpack.Decoder(Allowance)
_walls = msgspec.msgpack.Decoder(Walls)
_picture_lines = msgspec.msgpack.Decoder(PictureLines)
_answers: msgspec.msgpack.Decoder[Sent] = msgspec.msgpack.Decoder(Sent)


def encode_walls(walls: Walls) -> bytes:
    return _encoder.encode(walls)


def decode_walls(body: bytes) -> Walls:
    return _walls.decode(body)


def encode_request(request: Request) -> bytes:
    return _encoder.encode(request)


def encode_allowance(allowance: Allowance) -> bytes:
    return _encoder.encode(allowance)


def decode_allowance(body: bytes) -> Allowance | None:
    """Returns None where the body is something else."""
    if len(body) > _MOST_BYTES_OF_ALLOWANCE:
        return None
    try:
        return _allowances.decode(body)
    except msgspec.DecodeError:
        return None


def encode_picture_lines(lines: PictureLines) -> bytes:
    return _encoder.encode(lines)


def decode_picture_lines(body: bytes) -> PictureLines:
    """Raises msgspec.DecodeError where the body is something else."""
    return _picture_lines.decode(body)


def encode_answer(answer: Sent) -> bytes:
    return _encoder.encode(answer)


def decode_request(body: bytes) -> Request:
    return _requests.decode(body)


def decode_answer(body: bytes) -> Sent:
    """Returns the answer, a reading still packed. Raises msgspec.DecodeError where the body is no answer."""
    return _answers.decode(body)
