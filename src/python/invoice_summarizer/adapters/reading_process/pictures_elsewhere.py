"""The stage `recognise` in a process that reads no pictures: others read them, and it takes what they found."""

from collections.abc import Iterator, Sequence

from invoice_reading.page import PdfPages
from invoice_reading.recognition.picture import PictureLines
from invoice_reading.recognition.recogniser import PageRecogniser
from invoice_reading.recognition.wanted import wanted_pages
from invoice_summarizer.adapters.reading_process.protocol import Pictures, decode_picture_lines


class PicturesWanted(Exception):
    """The document is to be read again, once the pictures of these pages have been read."""

    def __init__(self, pages: tuple[int, ...]) -> None:
        super().__init__("pictures are to be read before the document is")
        self.pages = pages


class PicturesElsewhere:
    """A Recogniser that knows what others read of some pages, and keeps which pages are wanted besides.

    Pages that have no words without their picture raise PicturesWanted at once. Those that have are taken as they are,
    so that all of them are known by the end.
    """

    def __init__(self, pictures: Pictures) -> None:
        self._asked = frozenset(pictures.asked)
        self._most = pictures.most
        self._known = {lines.page: lines for lines in map(decode_picture_lines, pictures.lines)}
        self._wanted: dict[int, None] = {}  # in their order

    def __call__(self, data: bytes, pages: PdfPages, wanted: Sequence[int]) -> PdfPages:
        for page in wanted:
            if page not in self._asked and len(self._asked) + len(self._wanted) < self._most:
                self._wanted[page] = None
        if self._wanted.keys() & set(wanted_pages(pages)):
            self.require_all()
        return PageRecogniser(self._read, len(wanted))(data, pages, wanted)

    def require_all(self) -> None:
        """Every page that is wanted is known, or nobody can know it. Raises PicturesWanted."""
        if self._wanted:
            raise PicturesWanted(tuple(self._wanted))

    def _read(self, data: bytes, numbers: Sequence[int]) -> Iterator[PictureLines]:
        return (self._known[number] for number in numbers if number in self._known)
