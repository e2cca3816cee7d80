"""Is a text that the pages print the whole of what stands there, or a part of a longer name or address?"""

import re
from collections.abc import Iterable, Set

from invoice_reading.agreement.printed_text import Place, parts_of
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.column_text import (
    LEGAL_FORM,
    has_legal_form,
)
from invoice_reading.extract.layout import COLUMN, LOOSE
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.tokens import fold

# Between a name and what is no part of it; a hyphen that joins two words is none of these.
_APART = re.compile(rf"[:;,·•●∙▪■◦|/()\[\]„“”\"{COLUMN}{LOOSE}]| [-–—]+ ?|[-–—]+ ")
_WORD_BEFORE = re.compile(r"(?P<word>[^\s&+]+)?(?P<joined>\s*[&+]|\s(?:und|and|et|en|y|e))?\s*$")
_HYPHENS = "-–‐‑"
_JOINERS = frozenset("& + und and et en y e".split())
_LONGEST_NAME = 5  # words by which a name goes on
# Words with a capital letter before a name that are no part of it.
_BEFORE_NAMES = frozenset(
    "firma fa herr herrn frau mr mrs ms messrs m mme mm mlle monsieur madame dr prof dipl ing an to from von bill sold "
    "ship invoice rechnung facture factuur kunde kundin customer client lieferant supplier seller buyer verkaufer kaufer "
    "vendeur acheteur de pour chez ihre ihr your notre unsere copyright c kontoinhaber kontoname inhaber empfanger "
    "begunstigter beneficiary titulaire bank by for the name societe company c/o payee zahlungsempfanger".split()
)


def larger_name(place: Place) -> PageRegion | None:
    """Returns the longer name of which the place is a part; None where the name is whole.

    "Muster" is a part of "Muster Bau GmbH", and "Muster GmbH" of "Muster GmbH & Co. KG"; in "Muster GmbH, Hauptstr. 1"
    it is whole.
    """
    begin = _begin_of_name(place)
    row, end = place.goes_on or (place.row, place.end)
    longer = _end_of_name(row, end, has_legal_form(place.row.row.text[place.begin : place.end]))
    if begin == place.begin and longer == end:
        return None
    last = longer if row is place.row else place.end
    return place.row.row.region(begin, last)


def larger_street(place: Place, known: Iterable[str]) -> PageRegion | None:
    """Returns the longer street of which the place is a part; `known` are texts of the XML that may stand beside it."""
    words = {part.text for text in known for part in parts_of(text)}
    text = place.row.row.text
    begin = _begin_of_address(place, words, numbers=True)
    behind = re.match(r" ?(\d{1,4}|[a-zA-Z])(?=[\s,;]|$)", text[place.end :])
    is_longer = behind is not None and fold(behind[1]) not in words and place.goes_on is None
    end = place.end + behind.end() if behind is not None and is_longer else place.end
    return place.row.row.region(begin, end) if begin < place.begin or is_longer else None


def larger_town(place: Place, known: Iterable[str]) -> PageRegion | None:
    """Returns the longer town of which the place is a part: "Homburg" is one of "Bad Homburg"."""
    words = {part.text for text in known for part in parts_of(text)}
    begin = _begin_of_address(place, words, numbers=False)
    behind = re.match(rf"[{_HYPHENS}][^\W\d_]+", place.row.row.text[place.end :])
    end = place.end + (behind.end() if behind else 0)
    return place.row.row.region(begin, end) if (begin, end) != (place.begin, place.end) else None


def _column_before(place: Place) -> tuple[int, str]:
    """Returns where the text before the place begins, and it: of its column, behind the last separator."""
    text = place.row.row.text[: place.begin]
    cut = max((match.end() for match in _APART.finditer(text)), default=0)
    return cut, text[cut:]


def _begin_of_name(place: Place) -> int:
    begin, before = _column_before(place)
    match = _WORD_BEFORE.search(before)
    assert match is not None
    word = match["word"]
    if before.endswith(tuple(_HYPHENS)) and word:
        return begin + match.start()
    if not word or not word[0].isupper() or _is_no_name(place.row, begin + match.start(), word):
        return place.begin
    return begin + match.start()


def _is_no_name(row: MarkedRow, at: int, word: str) -> bool:
    return (
        fold(word).strip(".") in _BEFORE_NAMES
        or any(sign.isdigit() for sign in word)
        or has_legal_form(word)
        or any(label.begin <= at < label.end for label in row.labels)
    )


def _end_of_name(row: MarkedRow, end: int, has_form: bool) -> int:
    text = row.row.text
    if text[end : end + 1] and text[end] in _HYPHENS and text[end + 1 : end + 2].isalpha():
        return _next_space(text, end)
    cut = _APART.search(text, end)
    stop = cut.start() if cut is not None else len(text)
    words = list(re.finditer(r"\S+", text[end:stop].removeprefix(".")))
    shift = end + (1 if text[end:stop].startswith(".") else 0)
    if not words:
        return end
    joins = words[0][0].casefold() in _JOINERS
    if has_form:
        return shift + words[-1].end() if joins and len(words) > 1 else end
    near = words[:_LONGEST_NAME]
    form = next((at for at, word in enumerate(near) if LEGAL_FORM.fullmatch(word[0])), None)
    if form is not None and form > 0:
        return shift + near[form].end()
    if form == 0:
        return end
    is_name = len(words) <= _LONGEST_NAME - 1 and all(
        word[0][0].isupper() or word[0].casefold() in _JOINERS for word in words
    )
    has_digit = any(sign.isdigit() for word in words for sign in word[0])
    return shift + words[-1].end() if is_name and not has_digit else end


def _next_space(text: str, begin: int) -> int:
    match = re.search(r"[\s,;:]", text[begin:])
    return begin + match.start() if match is not None else len(text)


def _begin_of_address(place: Place, words: Set[str], *, numbers: bool) -> int:
    begin, before = _column_before(place)
    match = re.search(r"(\S+)[ ]?$", before)
    if match is None:
        return place.begin
    word = match[1].strip(".")
    compared = {part.text for part in parts_of(word)}
    is_number = word.isdigit() and len(word) <= 3 and numbers
    is_word = word[:1].isupper() and word.isalpha() and not has_legal_form(word)
    joined = before.endswith(tuple(_HYPHENS)) and word[:1].isalpha()
    if compared <= words or not (is_number or is_word or joined):
        return place.begin
    if fold(word) in _BEFORE_NAMES:
        return place.begin
    return begin + match.start()
