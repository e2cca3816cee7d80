"""The reading process that also recognises text in pictures: it reads only documents that have some.

It is a cell like the others, but for one thing: OpenVINO compiles code for each shape of its input, so that memory can be
made executable here.
"""

from collections.abc import Iterable, Iterator

from invoice_reading.limits import PdfLimits
from invoice_reading.page import Page, PdfPages
from invoice_reading.pages.made_document import made_document
from invoice_reading.pages.pictures_to_read import pictures_to_read
from invoice_reading.recognition.picture import Picture
from invoice_reading.recognition.rapid_ocr import RapidOcrEngine
from invoice_reading.recognition.recogniser import PageRecogniser
from invoice_reading.stages import Recogniser
from invoice_summarizer.adapters.reading_process.child import run


def main() -> None:
    engine = RapidOcrEngine()

    def recognisers(pages: int, limits: PdfLimits) -> Recogniser:
        def painter(data: bytes, numbers: Iterable[int]) -> Iterator[Picture]:
            return pictures_to_read(data, numbers, limits)

        return PageRecogniser(engine, painter, pages)

    _warm_up(recognisers(1, PdfLimits()))
    run(recognisers, compiles=True)


def _warm_up(recognise: Recogniser) -> None:
    """A page with text has been recognised, so that whatever is loaded late is there."""
    recognise(made_document(()), PdfPages((Page(1, 595, 842, ()),), 1), (1,))
