"""What kind of document it is, by its title."""

from collections.abc import Sequence
from dataclasses import dataclass

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.lexicon import Title
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.phrases import title_phrases
from invoice_reading.extract.tokens import tokens

_TITLE_SHARE = 0.55  # titles stand in this upper part of the first page
_MAX_TITLE_TOKENS = 14
_COMPOUNDS = ("rechnung", "factuur")  # Mietrechnung, Warenrechnung


@dataclass(frozen=True, slots=True)
class TitlePlace:
    """A title, its row, and the characters [begin, end) in it."""

    title: Title
    row: MarkedRow
    begin: int
    end: int

    @property
    def region(self) -> PageRegion:
        return self.row.row.region(self.begin, self.end)


def title_of(text: str) -> Title | None:
    """Returns the kind of document that a title's text names."""
    of = tokens(text)
    found = [
        phrase
        for phrase in title_phrases().search(text, of)
        if phrase.last - phrase.first + 1 == len(of)
    ]
    if found:
        return found[0].meanings[0]
    return Title.INVOICE if len(of) == 1 and of[0].text.endswith(_COMPOUNDS) else None


def title_places(all_rows: Sequence[MarkedRow]) -> tuple[TitlePlace, ...]:
    """Returns the titles of the first page: first those in the largest print, then in reading order."""
    found: list[TitlePlace] = []
    for row in all_rows:
        limit = row.row.page.height_points * _TITLE_SHARE
        if row.page != all_rows[0].page or (row.row.top > limit > 0):
            break
        found += _in_row(row)
    return tuple(sorted(found, key=lambda place: (-round(_print_height(place)), place.row.index)))


def _in_row(row: MarkedRow) -> list[TitlePlace]:
    found: list[TitlePlace] = []
    for begin, end in row.row.segments():
        inside = [at for at, token in enumerate(row.tokens) if begin <= token.begin < end]
        if not inside or len(inside) > _MAX_TITLE_TOKENS:
            continue
        for at in inside[
            :4
        ]:  # "KEINE Rechnung", "Ihre Rechnung": the title need not be the first word
            phrase = title_phrases().at(row.row.text, row.tokens, at)
            if phrase is not None:
                found.append(TitlePlace(phrase.meanings[0], row, phrase.begin, phrase.end))
                break
            token = row.tokens[at]
            if token.text.endswith(_COMPOUNDS) and len(token.text) > 8:
                found.append(TitlePlace(Title.INVOICE, row, token.begin, token.end))
                break
    return found


def _print_height(place: TitlePlace) -> float:
    box = place.region.box
    return (box.bottom - box.top) * place.row.row.page.height_points / 1_000_000
