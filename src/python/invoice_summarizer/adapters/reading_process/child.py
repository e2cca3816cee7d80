"""The reading process: confines itself, then answers one request after the other until its input ends.

Whatever it does not foresee ends it, and the parent takes that for an answer.
"""

import gc
import os
from collections.abc import Callable
from typing import BinaryIO

from invoice_reading.assist.pointed_words import PointedWords
from invoice_reading.assist.question import Question, question_of
from invoice_reading.attached_files import attached_file
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Box, PdfPages
from invoice_reading.pages.document import silence
from invoice_reading.pages.engine import MuPdfEngine, page_picture
from invoice_reading.pages.made_document import MADE_WEBP, made_document
from invoice_reading.read import read_every
from invoice_reading.recognition.picture import PictureLines
from invoice_reading.stages import Assistant, Extracted, Stages
from invoice_summarizer.adapters.reading_process.confinement import (
    confine,
    cpu_seconds_used,
    end_limit_of_cpu,
    limit_cpu,
    limit_memory,
)
from invoice_summarizer.adapters.reading_process.limits import MEBIBYTE, ProcessLimits
from invoice_summarizer.adapters.reading_process.pictures_elsewhere import (
    PicturesElsewhere,
    PicturesWanted,
)
from invoice_summarizer.adapters.reading_process.protocol import (
    Allowance,
    AskedReading,
    AttachedFileRequest,
    FileFound,
    InvoicesRead,
    Picture,
    PictureRead,
    PicturesLeft,
    ReadRequest,
    RecogniseRequest,
    Refusal,
    RenderRequest,
    Request,
    Sent,
    decode_request,
    encode_allowance,
    encode_answer,
    encode_picture_lines,
    encode_walls,
    size_bytes,
)
from invoice_summarizer.adapters.reading_process.reading_pieces import ReadingPieces, pieces_of
from invoice_summarizer.adapters.reading_process.warm_up import import_nothing_more, warm_up
from invoice_summarizer.child_processes.frames import read_frame, write_frame
from invoice_summarizer.ports.document_reader import ReadingLimit, ReadingLimitExceeded

# Returns what is in the picture of a page of a document; None where it cannot be painted.
ReadPicture = Callable[[bytes, int, PdfLimits], PictureLines | None]


def main() -> None:
    run()


def run(read_picture: ReadPicture | None = None) -> None:
    """Answers until there are no more requests; one with `read_picture` may compile code for itself later."""
    requests = os.fdopen(0, "rb", closefd=False)
    # Prints of others must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    silence()
    load_everything()
    # Problems of starting up were for the parent's log; those of documents are not.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    walls = confine(highest_descriptor=answers.fileno(), compiles=read_picture is not None)
    write_frame(answers, encode_walls(walls))
    _serve(requests, answers, read_picture)


def load_everything() -> None:
    """Nothing that reading needs is left to be loaded: once confined, the process can open no file."""
    warm_up(made_document, MuPdfEngine())
    page_picture(made_document(()), 1, 9, PdfLimits(), (Box(0, 0, 9, 9),))
    page_picture(MADE_WEBP, 1, 9, PdfLimits())
    import_nothing_more()
    gc.collect()
    gc.freeze()  # what is there now lives as long as the process


class _ProcessorTime:
    """What one document may use of the processor; it grows with what turns out to be in it, and `tell` learns of it."""

    def __init__(self, limits: ProcessLimits, tell: Callable[[Allowance], None]) -> None:
        self._limits = limits
        self._tell = tell
        self._start = cpu_seconds_used()
        self._seconds = limits.cpu_seconds

    @property
    def used(self) -> float:
        return cpu_seconds_used() - self._start

    def add_pages(self, pages: int) -> None:
        self._add(self._limits.cpu_seconds_per_page * pages)

    def add_bytes(self, count: int) -> None:
        self._add(self._limits.cpu_seconds_per_mebibyte * count / MEBIBYTE)

    def _add(self, seconds: float) -> None:
        self._seconds += seconds
        allowed = min(self._seconds, self._limits.most_cpu_seconds)
        limit_cpu(self._start, allowed)
        self._tell(Allowance(allowed))


def _serve(requests: BinaryIO, answers: BinaryIO, read_picture: ReadPicture | None) -> None:
    while (frame := read_frame(requests)) is not None:
        request = decode_request(frame)
        limits = request.limits
        # Made while there is memory.
        out_of_memory = _refusal(ReadingLimit.MEMORY, limits.memory_bytes)
        limit_memory(limits.memory_bytes)
        try:
            data = read_frame(requests)
            if data is None:
                return
            time = _ProcessorTime(
                limits, lambda allowance: write_frame(answers, encode_allowance(allowance))
            )
            answer = _answer(request, data, time, read_picture)
            del data
            too_large = size_bytes(answer) > limits.output_bytes
            body = encode_answer(answer)
            del answer
        except MemoryError:
            # The parent replaces the process after this answer: the rest of the request may be unread.
            body, too_large = out_of_memory, False
        if too_large or len(body) > limits.output_bytes:
            body = _refusal(ReadingLimit.OUTPUT, limits.output_bytes)
        end_limit_of_cpu()  # what comes behind the answer is the next document's
        write_frame(answers, body)
        del body  # the next document has its room


def _refusal(limit: ReadingLimit, allowed: float) -> bytes:
    return encode_answer(Refusal.of(ReadingLimitExceeded(limit, allowed)))


def _answer(
    request: Request, data: bytes, time: _ProcessorTime, read_picture: ReadPicture | None
) -> Sent:
    time.add_bytes(len(data))
    try:
        match request:
            case ReadRequest():
                return _read(request, data, time)
            case RecogniseRequest():
                assert read_picture is not None, "only what recognises text is asked to"
                return _picture_read(request, data, time, read_picture)
            case RenderRequest():
                time.add_pages(1)
                return Picture(
                    page_picture(
                        data,
                        request.page,
                        request.dots_per_inch,
                        request.pdf_limits,
                        request.boxes,
                    )
                )
            case AttachedFileRequest():
                engine = _Engine(time)
                return FileFound(attached_file(data, request.sha256, engine, request.pdf_limits))
    except PicturesWanted as wanted:
        return PicturesLeft(wanted.pages)
    except DocumentUnreadable as unreadable:
        return Refusal.of(unreadable)


def _picture_read(
    request: RecogniseRequest, data: bytes, time: _ProcessorTime, read_picture: ReadPicture
) -> PictureRead:
    found = read_picture(data, request.page, request.pdf_limits)
    lines = None if found is None else encode_picture_lines(found)
    return PictureRead(lines, time.used)


def _read(request: ReadRequest, data: bytes, time: _ProcessorTime) -> Sent:
    asking = _Asking()
    pictures = None if request.pictures is None else PicturesElsewhere(request.pictures)
    pointing = request.pointing
    assistant: Assistant | None = None if pointing is None else PointedWords(pointing)
    stages = Stages(
        pdf_engine=_Engine(time),
        recognise=pictures,
        assist=asking if request.asks else assistant,
    )
    readings: list[ReadingPieces] = []
    left_bytes = request.limits.output_bytes
    for reading in read_every(data, request.declared_media_type, stages, request.pdf_limits):
        readings.append(pieces_of(reading))
        left_bytes -= readings[-1].size_bytes
        if left_bytes < 0:  # told now: it may be the first of many
            raise ReadingLimitExceeded(ReadingLimit.OUTPUT, request.limits.output_bytes)
    if pictures is not None:
        pictures.require_all()
    if asking.question is None:
        return InvoicesRead(tuple(readings))
    [reading_asked_about] = readings
    return AskedReading(reading_asked_about, asking.question)


class _Asking:
    """An `Assistant` that changes nothing, and keeps what may be asked."""

    question: Question | None = None

    def __call__(self, extracted: Extracted) -> Extracted:
        self.question = question_of(extracted)
        return extracted


class _Engine:
    """MuPDF, with the processor time that the pages and files of the document need."""

    def __init__(self, time: _ProcessorTime) -> None:
        self._time = time
        self._engine = MuPdfEngine(time.add_pages)

    def __call__(self, data: bytes, limits: PdfLimits) -> PdfPages:
        found = self._engine(data, limits)
        self._time.add_bytes(sum(len(attachment.data) for attachment in found.attachments))
        return found
