"""What was sold: the name of each item beside its amount."""

from collections.abc import Iterator

from en16931.model import InvoiceLine
from invoice_reading.agreement.comparison import Printed, Verdict
from invoice_reading.agreement.line_rows import LineRows
from invoice_reading.agreement.printed_text import Place, parts_of
from invoice_reading.agreement.printed_units import unit_codes
from invoice_reading.extract.column_text import (
    ColumnText,
    segments,
)
from invoice_reading.extract.marked_rows import MarkedRow

_LETTERS = 3  # of a word that can name a thing


def compare_item_name(line: InvoiceLine, rows: LineRows) -> tuple[Verdict, Printed | None]:
    """Returns the verdict on the name of the item.

    The pages agree where they print it near the amount of the line. They disagree where another text stands in the row
    of the line: with none of its words, or with others in their stead. A name that is shorter on the page agrees.
    """
    name = line.item.name if line.item is not None else None
    words = [part.text for part in parts_of(name or "")]
    own = [row for row in rows.with_amount(line) if row.index in rows.with_line_numbers]
    near = list(dict.fromkeys(each for row in own for each in _around(row, rows)))
    printed = {word for at in near for text in _lettered(at, rows) for word in _words(text)}
    places = _places(name or "", rows)
    there = next((place for place in places if not own or place.row.index in near), None)
    if there is not None:
        return Verdict.AGREES, Printed(there.region, there.region.text)
    texts = [*_texts(line, near, rows)]
    if not words or not own or not texts:
        return _elsewhere(name or "", rows)
    if any(rows.names_item(at, line) for at in near):
        return Verdict.AGREES, Printed(texts[0].region, texts[0].text)
    missing = [word for word in words if word not in printed]
    if len(missing) == len(words) or not _has_letters(words):
        verdict = Verdict.DISAGREES
    else:
        texts.sort(key=lambda text: -len(_words(text) & {*words}))
        verdict = _by_words({*words}, {*missing}, _words(texts[0]))
    return verdict, Printed(texts[0].region, texts[0].text)


def _by_words(words: set[str], missing: set[str], printed: set[str]) -> Verdict:
    """Returns whether words of the name are missing, and others stand in their stead."""
    is_other = bool(missing) and bool(printed - words)
    return Verdict.DISAGREES if is_other else Verdict.AGREES


def _around(row: MarkedRow, rows: LineRows) -> Iterator[int]:
    for near in rows.around(row):
        yield near.index


def _places(name: str, rows: LineRows) -> Iterator[Place]:
    """Yields where the whole name stands, or one of its lines where it has several: the last first."""
    lines = [line for line in name.splitlines() if line.strip()]
    for line in reversed(lines):
        yield from rows.printed.text.texts(line)


def _elsewhere(name: str, rows: LineRows) -> tuple[Verdict, Printed | None]:
    place = rows.printed.text.text(name)
    if place is None:
        return Verdict.NOT_PRINTED, None
    return Verdict.AGREES, Printed(place.region, place.region.text)


def _texts(line: InvoiceLine, near: list[int], rows: LineRows) -> Iterator[ColumnText]:
    """Yields what stands in the rows of the line and names something: no unit, no identifier, no description of it."""
    item = line.item
    assert item is not None
    standard = item.standard_identifier.value if item.standard_identifier else None
    stated = (item.description, item.sellers_identifier, item.buyers_identifier, standard)
    known = {part.text for text in stated for part in parts_of(text or "")}
    for at in near:
        for text in _lettered(at, rows):
            if _has_letters([*(_words(text) - known)]) and not text.is_label:
                yield text


def _lettered(at: int, rows: LineRows) -> Iterator[ColumnText]:
    """Yields the texts of a row that are no numbers."""
    for text in segments(rows.printed.rows[at]):
        if any(sign.isalpha() for sign in text.text):
            yield text


def _words(text: ColumnText) -> set[str]:
    return {part.text for part in parts_of(text.text)}


def _has_letters(words: list[str]) -> bool:
    return any(
        sum(sign.isalpha() for sign in word) >= _LETTERS and not unit_codes(word) for word in words
    )
