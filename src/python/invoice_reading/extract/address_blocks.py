"""Lines of a page by column, and the blocks of an address: name above street above post code and town."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.document_type import title_of
from invoice_reading.extract.layout import COLUMN, LOOSE
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.tokens import fold

_TOWN = re.compile(
    r"^(?:[A-Z]{1,3}[- ])?\d{4,5}(?:-\d{4})?,? [^\W\d_][^\d:@]{1,40}$"  # 80333 München
    r"|^\d{4} ?[A-Z]{2} +[^\W\d_][^\d:@]+$"  # 1025 RX Amsterdam
    r"|^[^\d:@]{2,40},? [A-Z]{2},? \d{5}(?:-\d{4})?$"  # Redmond WA, 98052
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # London SW1B 3BN
)
_SEPARATOR = re.compile(r"\s*[•●|·∙▪■◦]\s*|\s+[-–—]\s+|,\s+")
_POST_CODE = re.compile(r"(?<![\w/.])(?:[A-Z]{1,3}-)?\d{4,5}(?:-\d{4})? [^\W\d_]")
_UNNAMED = re.compile(r"[:@]|www\.|https?|^\W*\d[\d\s./+()-]*$|^\(?\+?\d[\d ()/-]{6,}|�")
LEGAL_FORM = re.compile(
    r"(?<![\w.])(?:g?gmbh(?: & co\.? kg)?|ag|kg|ohg|gbr|ug|e\.?k\.?|e\.?v\.?|a\.?g\.?|ltd\.?|limited|llc|l\.l\.c\.|inc\.?|corp\.?"
    r"|corporation|plc|llp|sarl|s\.a\.r\.l\.|sas|s\.a\.s\.|sasu|eurl|sa|s\.a\.|sci|snc|b\.v\.|bv|n\.v\.|nv|v\.o\.f\.|vof"
    r"|s\.r\.l\.|srl|s\.p\.a\.|spa|oy|ab|aps|a/s|as|pty|co\.|se|kgaa|mbh|sdn\.? ?bhd\.?|s/b|pte)(?![\w])",
    re.IGNORECASE,
)
_MAX_LINES = 5
_INDENT_POINTS = 6.0


@dataclass(frozen=True, slots=True)
class ColumnText:
    """The characters [begin, end) of a row that stand in one column."""

    row: MarkedRow
    begin: int
    end: int

    @property
    def text(self) -> str:
        return self.row.row.text[self.begin : self.end].replace(LOOSE, " ")

    @property
    def left(self) -> float:
        return self.row.row.left(self.begin)

    @property
    def right(self) -> float:
        return self.row.row.right(self.end)

    @property
    def region(self) -> PageRegion:
        return self.row.row.region(self.begin, self.end)

    @property
    def is_label(self) -> bool:
        """Returns whether the segment is nothing but the label of some field."""
        return any(
            found.begin <= self.begin + 1 and self.end - found.end <= 2
            for found in self.row.labels
            if self.begin <= found.begin < self.end
        )

    def label(self, *labels: Label) -> bool:
        """Returns whether the segment is one of these labels and little else."""
        return any(
            set(found.meanings) & set(labels)
            and found.begin <= self.begin + 2
            and found.end >= self.begin + 1
            and self.end - found.end <= 3
            for found in self.row.labels
            if self.begin <= found.begin < self.end
        )


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """The first line of an address without a label of a field in it; `owner` is the label that stands over it."""

    name: ColumnText
    owner: frozenset[Label]
    town: ColumnText


def segments(row: MarkedRow) -> Iterator[ColumnText]:
    for begin, end in row.row.segments():
        yield ColumnText(row, begin, end)


def is_name(text: str) -> bool:
    """Returns whether a text can be the name of a party: letters, no field, no address of the net, no town."""
    letters = sum(1 for letter in text if letter.isalpha())
    if letters < 2 or len(text) > 90 or _UNNAMED.search(text) or _TOWN.search(text):
        return False
    if title_of(text) is not None:
        return False
    return letters >= sum(1 for letter in text if letter.isdigit()) * 2


def has_legal_form(text: str) -> bool:
    return LEGAL_FORM.search(text) is not None


def sender_name(row: MarkedRow) -> ColumnText | None:
    """Returns the name in a sender's line: "Name GmbH • Street 1 • 12345 Town" on one row."""
    text = row.row.text.replace(LOOSE, " ")
    first = _SEPARATOR.search(text)
    if first is None or first.start() == 0:
        return None
    parts = _SEPARATOR.split(text)[1:7]
    if len(parts) < 2 or not any(_POST_CODE.match(part) for part in parts):
        return None
    begin = text.rfind(COLUMN, 0, first.start()) + 1
    found = ColumnText(row, begin, first.start())
    return found if is_name(found.text) and len(found.text) >= 3 else None


def address_blocks(all_rows: Sequence[MarkedRow]) -> Iterator[AddressBlock]:
    """Yields the addresses of the document from top to bottom."""
    for row in all_rows:
        for town in segments(row):
            if town.end - town.begin <= 60 and _TOWN.search(town.text):
                block = _block(all_rows, town)
                if block is not None:
                    yield block


def _block(all_rows: Sequence[MarkedRow], town: ColumnText) -> AddressBlock | None:
    name: ColumnText | None = None
    owner: frozenset[Label] = frozenset()
    lower = town
    climbed = 0
    for row in reversed(all_rows[max(town.row.index - 14, 0) : town.row.index]):
        if row.page != town.row.page or climbed >= _MAX_LINES:
            break
        if lower.row.row.top - row.row.bottom > 3.4 * lower.row.row.height:
            break
        aligned = [
            segment for segment in segments(row) if abs(segment.left - town.left) <= _INDENT_POINTS
        ]
        over = [segment for segment in segments(row) if -30 <= town.left - segment.left <= 30]
        labelled = [segment for segment in over if _party_labels(segment)]
        if labelled:
            owner = _party_labels(labelled[0])
            break
        if not aligned:
            continue
        line = aligned[0]
        if sender_name(row) is not None or (name is not None and _TOWN.search(line.text)):
            break
        climbed += 1
        lower = line
        if is_name(line.text) and not line.is_label and not _is_dated(line):
            name = line
    return AddressBlock(name, owner, town) if name is not None else None


def _is_dated(segment: ColumnText) -> bool:
    return any(segment.begin <= date.begin < segment.end for date in segment.row.dates)


def _party_labels(segment: ColumnText) -> frozenset[Label]:
    wanted = (Label.SELLER, Label.BUYER, Label.OTHER_PARTY)
    return frozenset(label for label in wanted if segment.label(label))


def same_name(left: str, right: str) -> bool:
    return fold(left).strip(" .,") == fold(right).strip(" .,")
