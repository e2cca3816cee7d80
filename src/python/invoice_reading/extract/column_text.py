"""Lines of a page by column, and what their text can be: a label, a name, a name with a legal form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.document_type import title_of
from invoice_reading.extract.layout import LOOSE
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.tokens import fold

TOWN = re.compile(
    r"^(?:[A-Z]{1,3}[- ])?\d{4,5}(?:-\d{4})?,? [^\W\d_][^\d:@]{1,40}$"  # 80333 München
    r"|^\d{4} ?[A-Z]{2} +[^\W\d_][^\d:@]+$"  # 1025 RX Amsterdam
    r"|^(?:[A-Z]{1,2}-)?(?:\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2}),? [^\W\d_][^\d:@]{1,40}$"  # 4050-036 Porto
    r"|^[^\d:@]{2,40},? [A-Z]{2},? \d{5}(?:-\d{4})?$"  # Redmond WA, 98052
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # London SW1B 3BN
    r"|^[^\d:@]{2,40},? [A-Z]\d[\dW] ?[A-Z\d]{4}$"  # Dublin D02 XY45
)
_UNNAMED = re.compile(r"[:@]|www\.|https?|^\W*\d[\d\s./+()-]*$|^\(?\+?\d[\d ()/-]{6,}|�")
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})\b|\b\d{4}-\d{2}-\d{2}\b")
# Legal forms that are words as well ("se" in French, "og" in Danish) count in capitals alone.
LEGAL_FORM = re.compile(
    r"(?<![\w.])(?:g?gmbh(?: & co\.? kg)?|ag|kg|ohg|gbr|ug|e\.? ?k\.?|e\.?v\.?|a\.?g\.?|ltd\.?|limited|llc|l\.l\.c\.|inc\.?|corp\.?"
    r"|corporation|plc|llp|dac|clg|sarl|s\.a\.r\.l\.|sas|s\.a\.s\.|sasu|eurl|sa|s\.a\.|sci|snc|b\.v\.|bv|n\.v\.|nv|v\.o\.f\.|vof"
    r"|s\.r\.l\.(?:s\.)?|srls?|s\.p\.a\.|spa|s\.n\.c\.|s\.a\.s|s\.l\.(?:u\.|p\.)?|s\.?l\.?u|s\.a\.u\.|s\.?\s?coop\.?|l\.?da\.?|ltda\.?|unipessoal"
    r"|sp\. ?z ?o\. ?o\.|sp\. ?[jkp]\.|s\.c\.|bvba|sprl|s\.r\.o\.|a\.s\.|kft\.?|zrt\.?|oy|aps|a/s|pty|co\.|ab|as|(?-i:OG|SE)|kgaa|mbh|sdn\.? ?bhd\.?|s/b|pte)(?![\w])",
    re.IGNORECASE,
)


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


def segments(row: MarkedRow) -> Iterator[ColumnText]:
    for begin, end in row.row.segments():
        yield ColumnText(row, begin, end)


def is_name(text: str) -> bool:
    """Returns whether a text can be the name of a party: letters, no field, no address of the net, no town, no date."""
    letters = sum(1 for letter in text if letter.isalpha())
    if letters < 2 or len(text) > 90 or _UNNAMED.search(text) or TOWN.search(text):
        return False
    if title_of(text) is not None or _DATE.search(text):
        return False
    return letters >= sum(1 for letter in text if letter.isdigit()) * 2


def has_legal_form(text: str) -> bool:
    return LEGAL_FORM.search(text) is not None


def same_name(left: str, right: str) -> bool:
    return fold(left).strip(" .,") == fold(right).strip(" .,")
