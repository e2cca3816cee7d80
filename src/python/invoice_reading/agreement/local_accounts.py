"""Accounts as pages print them without an IBAN: a number with the code of its bank."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from invoice_reading.agreement.printed_text import squashed
from invoice_reading.annotation import PageRegion
from invoice_reading.extract.marked_rows import MarkedRow

_GAP = r"[\s.:#/\-\u2002]{0,6}"
_BANK_LABEL = re.compile(
    r"\b(?:BLZ|Bankleitzahl|sort(?:ing)?[ -]?code|bank[ -]?code)\b", re.IGNORECASE
)
_NUMBER_LABEL = re.compile(
    r"\b(?:Konto(?:[ -]?(?:nummer|nr\.?|no\.?))?|Kto(?:\.?[ -]?(?:nr|no))?|account(?: (?:number|no|nr|#))?|a/c(?: no)?"
    r"|acct?(?:\.? ?no)?|N° de compte|compte(?: n°)?|rekening(?:nummer)?)(?![A-Za-z])",
    re.IGNORECASE,
)
_DIGITS = re.compile(rf"{_GAP}(\d(?:[ \u2002\-]?\d){{1,13}})(?!\w)")
_NEAR_ROWS = 2  # between a number and the code of its bank
_MOST = 200
# Where in an IBAN of the country the code of the bank stands, and the number.
_PARTS = {
    "de": (slice(4, 12), slice(12, 22)),
    "at": (slice(4, 9), slice(9, 20)),
    "gb": (slice(8, 14), slice(14, 22)),
    "ie": (slice(8, 14), slice(14, 22)),
    "ch": (slice(4, 9), slice(9, 21)),
}
_LONG = 8  # digits that stand at the end of no other IBAN by chance


@dataclass(frozen=True, slots=True)
class LocalAccount:
    bank_code: str
    number: str
    region: PageRegion  # of the number


def local_accounts(all_rows: Sequence[MarkedRow]) -> tuple[LocalAccount, ...]:
    """Returns the accounts of which the pages print a number, and in its row or beside it the code of the bank."""
    codes = [*_labelled(all_rows, _BANK_LABEL)]
    return tuple(
        LocalAccount(code, number, region)
        for row, number, region in _labelled(all_rows, _NUMBER_LABEL)
        for near, code, _ in codes
        if near.page == row.page and abs(near.index - row.index) <= _NEAR_ROWS
    )


def labelled_numbers(all_rows: Sequence[MarkedRow]) -> Iterator[tuple[str, PageRegion]]:
    """Yields the digits behind each label of a number of an account."""
    for _, number, region in _labelled(all_rows, _NUMBER_LABEL):
        yield number, region


def is_account(iban: str, bank_code: str, number: str) -> bool:
    """Returns whether the IBAN, without spaces and case, is that of the number at the bank."""
    parts = _PARTS.get(iban[:2])
    if parts is None:
        return bank_code in iban[4:] and number.lstrip("0") in iban[4:]
    return iban[parts[0]] == bank_code and iban[parts[1]].lstrip("0") == number.lstrip("0")


def has_number(iban: str, number: str) -> bool:
    """Returns whether the IBAN, without spaces and case, has the number of a local account."""
    parts = _PARTS.get(iban[:2])
    if parts is not None and iban[parts[1]].lstrip("0") == number.lstrip("0"):
        return True
    return len(number) >= _LONG and iban.endswith(number)


def _labelled(
    all_rows: Sequence[MarkedRow], label: re.Pattern[str]
) -> Iterator[tuple[MarkedRow, str, PageRegion]]:
    found = ((row, match) for row in all_rows for match in label.finditer(row.row.text))
    for row, match in islice(found, _MOST):
        beside = _DIGITS.match(row.row.text, match.end())
        at, digits = row, beside
        if beside is None:
            at, digits = _below(all_rows, row, match)
        if digits is not None:
            yield at, squashed(digits[1]), at.row.region(*digits.span(1))


def _below(
    all_rows: Sequence[MarkedRow], row: MarkedRow, match: re.Match[str]
) -> tuple[MarkedRow, re.Match[str] | None]:
    """Returns the digits in the next row that stand under the label, where it heads a column."""
    left, right = row.row.left(match.start()), row.row.right(match.end())
    for lower in all_rows[row.index + 1 : row.index + 2]:
        if lower.page != row.page:
            break
        for begin, end in lower.row.segments():
            if lower.row.left(begin) < right and lower.row.right(end) > left:
                return lower, _DIGITS.fullmatch(lower.row.text, begin, end)
    return row, None
