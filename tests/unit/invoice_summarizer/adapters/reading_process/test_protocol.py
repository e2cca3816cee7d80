"""Frames between parent and child, and what is in them."""

import io

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.errors import PageNotFound
from invoice_reading.limits import PdfLimits
from invoice_reading.recognition.picture import FoundLine, FoundWord, PictureLines
from invoice_summarizer.adapters.reading_process.limits import ProcessLimits
from invoice_summarizer.adapters.reading_process.protocol import (
    Allowance,
    Picture,
    PictureRead,
    Pictures,
    PicturesLeft,
    ReadRequest,
    RecogniseRequest,
    Refusal,
    RenderRequest,
    Request,
    decode_allowance,
    decode_answer,
    decode_picture_lines,
    decode_request,
    encode_allowance,
    encode_answer,
    encode_picture_lines,
    encode_request,
)
from invoice_summarizer.child_processes.frames import read_frame, write_frame

LIMITS = ProcessLimits(cpu_seconds=0.1, memory_bytes=1)
PDF_LIMITS = PdfLimits(pages=7)


@given(st.lists(st.binary(max_size=100), max_size=5))
def test_frames_come_out_as_they_went_in(bodies: list[bytes]) -> None:
    stream = io.BytesIO()
    for body in bodies:
        write_frame(stream, body)
    stream.seek(0)
    assert [read_frame(stream) for _ in bodies] == bodies
    assert read_frame(stream) is None


@given(st.binary(min_size=1, max_size=50), st.data())
def test_frame_that_is_cut_off_is_the_end(body: bytes, data: st.DataObject) -> None:
    stream = io.BytesIO()
    write_frame(stream, body)
    kept = data.draw(st.integers(0, len(stream.getvalue()) - 1))
    assert read_frame(io.BytesIO(stream.getvalue()[:kept])) is None


@pytest.mark.parametrize(
    "request_sent",
    [
        ReadRequest(LIMITS, PDF_LIMITS, "application/pdf"),
        ReadRequest(LIMITS, PDF_LIMITS, "", pictures=Pictures(20, (3, 1), (b"lines",))),
        RecogniseRequest(LIMITS, PDF_LIMITS, 3),
        RenderRequest(LIMITS, PDF_LIMITS, 3, 150),
    ],
)
def test_requests_come_through(request_sent: Request) -> None:
    assert decode_request(encode_request(request_sent)) == request_sent


def test_refusal_is_the_error_on_the_other_side() -> None:
    refusal = decode_answer(encode_answer(Refusal.of(PageNotFound(3))))
    assert isinstance(refusal, Refusal)
    error = refusal.error()
    assert (error.reason, error.message, error.metadata) == (
        "PDF_PAGE_NOT_FOUND",
        PageNotFound(3).message,
        {"pages": "3"},
    )


def test_allowance_is_told_from_answers() -> None:
    allowance = Allowance(3.4)
    assert decode_allowance(encode_allowance(allowance)) == allowance
    for answer in (Picture(b"\x89PNG"), Refusal("A", "b", {})):
        assert decode_allowance(encode_answer(answer)) is None


def test_picture_comes_through() -> None:
    assert decode_answer(encode_answer(Picture(b"\x89PNG"))) == Picture(b"\x89PNG")


@pytest.mark.parametrize(
    "answer", [PicturesLeft((1, 7)), PictureRead(b"lines", 1.5), PictureRead(None, 0.0)]
)
def test_what_becomes_of_pictures_comes_through(answer: PicturesLeft | PictureRead) -> None:
    assert decode_answer(encode_answer(answer)) == answer


def test_lines_of_a_picture_come_through() -> None:
    corners = ((0.5, 1.0), (9.0, 1.0), (9.0, 4.0), (0.5, 4.0))
    word = FoundWord("240.00", corners, 86)
    lines = PictureLines(3, 90, 40, 30, (FoundLine("240.00", 0.97, corners, (word,), 86),))
    assert decode_picture_lines(encode_picture_lines(lines)) == lines


@pytest.mark.parametrize("body", [b"", b"\xc0", b"\x91\xa5other", b"words"])
def test_what_is_no_answer_is_an_error(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_answer(body)
