"""Amounts with the captions that say what they are: "Total excl. VAT   1,200.00"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.lexicon import CaptionWord
from invoice_reading.extract.marked_rows import MarkedRow, overlaps
from invoice_reading.extract.numbers import NumberText
from invoice_reading.extract.phrases import Found, caption_phrases

_MAX_CAPTION_TOKENS = 14  # a longer text is a sentence, not a caption
_RATE_WORDS = frozenset("rate satz steuersatz taux aliquota tipo taxa stawka tarief".split())
_CODE = re.compile(r"[-/]?\d{3}")  # behind its letters: the article HT-1692 is not "hors taxe"
_TABLE_ROWS = 12  # how many rows under a heading of totals are looked at


class AmountKind(StrEnum):
    NET = "NET"
    TAX = "TAX"
    TOTAL = "TOTAL"
    LINES = "LINES"
    DUE = "DUE"
    PAID = "PAID"
    PRIOR = "PRIOR"
    ALLOWANCE = "ALLOWANCE"
    CHARGE = "CHARGE"
    ROUNDING = "ROUNDING"
    CARRIED = "CARRIED"
    TAXABLE = "TAXABLE"


@dataclass(frozen=True, slots=True)
class AmountGroup:
    """Numbers of one row behind one caption; `kind` is None where the caption says nothing known."""

    row: MarkedRow
    kind: AmountKind | None
    strong: bool  # the caption says more than "total" or "amount"
    numbers: tuple[NumberText, ...]

    @property
    def rates(self) -> tuple[NumberText, ...]:
        return tuple(number for number in self.numbers if number.percent)

    @property
    def amounts(self) -> tuple[NumberText, ...]:
        return tuple(number for number in self.numbers if not number.percent)


def caption_kind(words: Sequence[CaptionWord]) -> tuple[AmountKind | None, bool]:
    """Returns what the words of a caption say together, and whether they say it plainly.

    The order is that of meaning: "total charges" is a charge, "total excl. VAT" is net, "incl. VAT" alone is the tax.
    """
    said = set(words)
    for word, kind in _ALONE:
        if word in said:
            return kind, True
    if CaptionWord.TAXABLE in said:
        return AmountKind.TAXABLE, True
    if CaptionWord.TAX in said and CaptionWord.EXCLUDING in said:
        return AmountKind.NET, True
    if CaptionWord.TAX in said and CaptionWord.INCLUDING in said:
        whole = said & {CaptionWord.TOTAL, CaptionWord.GROSS, CaptionWord.LINES}
        return (AmountKind.TOTAL if whole else AmountKind.TAX), bool(whole)
    if CaptionWord.GROSS in said:
        return AmountKind.TOTAL, True
    if CaptionWord.NET in said:
        tax_first = CaptionWord.TAX in said and words.index(CaptionWord.TAX) < words.index(
            CaptionWord.NET
        )
        return (AmountKind.TAX if tax_first else AmountKind.NET), not tax_first
    if CaptionWord.TAX in said:
        return AmountKind.TAX, True
    if CaptionWord.LINES in said:
        return AmountKind.LINES, True
    return (AmountKind.TOTAL if CaptionWord.TOTAL in said else None), False


_ALONE: tuple[tuple[CaptionWord, AmountKind | None], ...] = (
    (CaptionWord.CARRIED, AmountKind.CARRIED),
    (CaptionWord.OTHER, None),
    (CaptionWord.PRIOR, AmountKind.PRIOR),
    (CaptionWord.PAID, AmountKind.PAID),
    (CaptionWord.ROUNDING, AmountKind.ROUNDING),
    (CaptionWord.DUE, AmountKind.DUE),
    (CaptionWord.ALLOWANCE, AmountKind.ALLOWANCE),
    (CaptionWord.CHARGE, AmountKind.CHARGE),
)


def amount_groups(row: MarkedRow) -> tuple[AmountGroup, ...]:
    """Returns the numbers of the row in groups, each with the kind that the nearest caption on its left gives."""
    if not row.numbers:
        return ()
    phrases = _captions(row)
    cuts: list[tuple[int, list[NumberText]]] = []
    previous_end = 0
    for number in row.numbers:
        has_amount = bool(cuts) and any(
            not number.percent and number.is_money for number in cuts[-1][1]
        )
        if not cuts or (has_amount and _has_caption(row, phrases, previous_end, number.begin)):
            cuts.append((previous_end, []))
        cuts[-1][1].append(number)
        previous_end = number.end
    groups: list[AmountGroup] = []
    for begin, members in cuts:
        end = next((number.begin for number in members if number.is_money), members[-1].begin)
        kind, strong = _kind_before(row, phrases, begin, end)
        groups.append(AmountGroup(row, kind, strong, tuple(members)))
    return tuple(groups)


def _captions(row: MarkedRow) -> list[Found[CaptionWord]]:
    """Returns the words of captions in the row, but for letters of codes."""
    found = caption_phrases().search(row.row.text, row.tokens)
    return [phrase for phrase in found if not _CODE.match(row.row.text, phrase.end)]


def is_whole_amount(number: NumberText, row: MarkedRow) -> bool:
    """Returns whether a number without decimals and currency is an amount for the place where it stands.

    It follows its caption directly and ends its column, as in "Grand total 1939". In "payable within 15 days" it counts
    something else, and so it may where a line of a sentence ends with it.
    """
    text = row.row.text
    end = text.find(COLUMN, number.end)
    after = text[number.end : end if end >= 0 else len(text)]
    caption_end = max(
        (found.end for found in _captions(row) if found.end <= number.begin), default=0
    )
    between = text[caption_end : number.begin]
    return not any(sign.isalnum() for sign in between + after)


def headed_amounts(
    all_rows: Sequence[MarkedRow], header: MarkedRow
) -> Iterator[tuple[AmountKind, bool, NumberText]]:
    """Yields the amounts that stand under the captions of a row without amounts, as in a table of totals."""
    if any(number.is_money for number in header.numbers):
        return
    phrases = _captions(header)
    if not phrases:
        return
    columns = [
        (kind, strong, header.row.left(begin), header.row.right(end))
        for begin, end in header.row.segments()
        for kind, strong in (_kind_before(header, phrases, begin, end),)
        if kind is not None and not _heads_rates(header, begin, end)
    ]
    bottom = header.row.bottom
    for row in all_rows[header.index + 1 : header.index + 1 + _TABLE_ROWS] if columns else ():
        if row.page != header.page or row.row.top > bottom + 2.5 * header.row.height:
            return
        money = [number for number in row.numbers if number.is_money]
        if any(row.row.left(number.begin) > 0 for number in money):
            bottom = row.row.bottom
        for number in money:
            for kind, strong, left, right in columns:
                if overlaps(row.row, number.begin, number.end, left, right):
                    yield kind, strong, number


def _heads_rates(header: MarkedRow, begin: int, end: int) -> bool:
    """Returns whether a heading says so, or has a percent sign alone: "VAT %" heads rates, "VAT 20%" amounts."""
    words = {token.text for token in header.tokens if begin <= token.begin < end}
    if words & _RATE_WORDS:
        return True
    rates = sum(number.percent and begin <= number.begin < end for number in header.numbers)
    return header.row.text.count("%", begin, end) > rates


def _kind_before(
    row: MarkedRow, phrases: Sequence[Found[CaptionWord]], begin: int, end: int
) -> tuple[AmountKind | None, bool]:
    """Reads the segments of the characters [begin, end) from the right; the first with a meaning decides."""
    segments = [
        (max(low, begin), min(high, end))
        for low, high in row.row.segments()
        if low < end and high > begin
    ]
    for low, high in reversed(segments[-6:]):
        inside = [phrase for phrase in phrases if phrase.begin >= low and phrase.end <= high]
        if not inside:
            continue
        size = sum(1 for token in row.tokens if token.begin >= low and token.end <= high)
        if size > _MAX_CAPTION_TOKENS:
            return None, False
        words = [word for phrase in inside for word in phrase.meanings]
        return caption_kind(words)
    return None, False


def _has_caption(
    row: MarkedRow, phrases: Sequence[Found[CaptionWord]], begin: int, end: int
) -> bool:
    return any(
        token.begin >= begin and token.end <= end and token.text.isalpha() and len(token.text) > 3
        for token in row.tokens
    ) or any(phrase.begin >= begin and phrase.end <= end for phrase in phrases)
