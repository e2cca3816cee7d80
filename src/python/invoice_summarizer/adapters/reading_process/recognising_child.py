"""The reading process that recognises text in pictures of pages, one page a request.

It is a cell like the others, but for one thing: OpenVINO compiles code for each shape of its input, so that memory can be
made executable here.
"""

from collections.abc import Iterable, Iterator

from invoice_reading.limits import PdfLimits
from invoice_reading.pages.made_document import made_document
from invoice_reading.pages.pictures_to_read import pictures_to_read
from invoice_reading.recognition.orientation import upright_reader
from invoice_reading.recognition.picture import Picture, PictureLines
from invoice_reading.recognition.rapid_ocr import RapidOcrEngine
from invoice_summarizer.adapters.reading_process.child import run


def main() -> None:
    engine = RapidOcrEngine()

    def read_picture(data: bytes, page: int, limits: PdfLimits) -> PictureLines | None:
        def painter(data: bytes, numbers: Iterable[int]) -> Iterator[Picture]:
            return pictures_to_read(data, numbers, limits)

        return next(upright_reader(engine, painter)(data, (page,)), None)

    # A page with text has been recognised, so that whatever is loaded late is there.
    read_picture(made_document(()), 1, PdfLimits())
    run(read_picture)
