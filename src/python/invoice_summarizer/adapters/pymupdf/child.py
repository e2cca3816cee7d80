"""The reading process: confines itself, then answers one document after the other until its input ends.

Whatever it does not foresee ends it, and the parent takes that for an answer.
"""

import os
from typing import BinaryIO

from invoice_summarizer.adapters.pymupdf.confinement import (
    confine,
    cpu_seconds_used,
    limit_cpu,
    limit_memory,
)
from invoice_summarizer.adapters.pymupdf.document import (
    open_document,
    read_document,
    release,
    silence,
    smallest_document,
)
from invoice_summarizer.adapters.pymupdf.protocol import (
    Answer,
    Refusal,
    decode_limits,
    encode,
    read_frame,
    write_frame,
)
from invoice_summarizer.ports.pdf_reader import (
    ExceededLimit,
    PdfLimitExceeded,
    PdfLimits,
    PdfReadError,
)

_OUT_OF_MEMORY = Refusal(PdfLimitExceeded.reason, ExceededLimit.MEMORY)
_OUT_OF_ROOM = Refusal(PdfLimitExceeded.reason, ExceededLimit.OUTPUT)


def main() -> None:
    requests = os.fdopen(0, "rb", closefd=False)
    # Prints of others must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    silence()
    # Reading once loads whatever is loaded late, since nothing can be opened afterwards.
    _answer(smallest_document(), PdfLimits())
    # Problems of starting up were for the parent's log; those of documents are not.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    confine(highest_descriptor=answers.fileno())
    write_frame(answers, b"")
    _serve(requests, answers)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    while (limits_frame := read_frame(requests)) is not None:
        limits = decode_limits(limits_frame)
        limit_memory(limits.memory_bytes)
        try:
            data = read_frame(requests)
            if data is None:
                return
            body = encode(_answer(data, limits))
            del data
        except MemoryError:
            # The parent replaces the process after this answer: the rest of the request may be unread.
            body = encode(_OUT_OF_MEMORY)
        write_frame(answers, body if len(body) <= limits.output_bytes else encode(_OUT_OF_ROOM))


def _answer(data: bytes, limits: PdfLimits) -> Answer:
    start = cpu_seconds_used()
    limit_cpu(start, limits.cpu_seconds)
    try:
        document = open_document(data, limits)
        try:
            limit_cpu(start, limits.cpu_seconds + limits.cpu_seconds_per_page * document.page_count)
            return read_document(document, limits)
        finally:
            release(document)
    except PdfLimitExceeded as exceeded:
        return Refusal(exceeded.reason, exceeded.limit)
    except PdfReadError as refused:
        return Refusal(refused.reason)
