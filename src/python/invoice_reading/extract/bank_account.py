"""Bank accounts: IBAN with its check digits, and the BIC beside it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from stdnum import bic as stdnum_bic

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.label_values import LabelPlace
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.lexicon import Label, Word
from invoice_reading.extract.marked_rows import MarkedRow, below
from invoice_reading.extract.page_region import region_of
from invoice_reading.extract.phrases import words_of
from invoice_reading.extract.tokens import fold
from invoice_reading.iban import bare_iban, is_iban

_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[ \u2002]?\d{2}(?=[ \u00a0\u2002]?[A-Z0-9])")
# Groups of four, or no shorter than the shortest IBAN: identifiers of VAT begin alike, and have at most 14 characters.
_LIKE_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:(?:[ \u00a0\u2002][A-Z0-9]{4}){2,7}|[A-Z0-9]{11,30})"
)
_IBAN_REST = re.compile(r"(?:[ \u00a0\u2002]?[A-Z0-9]{1,30})+")
_GROUPS = re.compile(r"[A-Z0-9]+(?:[ \u00a0\u2002][A-Z0-9]+)*")
_BIC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])")
_SOURCE_WORDS = 2  # "from IBAN", "from the account" stand right before an account
_LENGTHS = range(15, 35)
_LONGEST = 60  # characters as printed, with the spaces between groups
# A document names a handful of accounts, though it may repeat them on every page.
_MAX_TRIED = 400
_MAX_ACCOUNTS = 10


@dataclass(frozen=True, slots=True)
class Account:
    """An account as printed, without spaces. `checked` says that country, length and check digits agree."""

    iban: str
    region: PageRegion
    checked: bool
    bic: PageRegion | None


def ibans_of_rows(all_rows: Iterable[MarkedRow]) -> Iterator[tuple[str, MarkedRow, int, int]]:
    """Yields the IBANs with right check digits of the rows, without spaces, each with its row and characters."""
    starts = (
        (row, match.start()) for row in all_rows for match in _IBAN_START.finditer(row.row.text)
    )
    for row, begin in islice(starts, _MAX_TRIED):
        text = row.row.text
        end = _valid_end(text, begin, _fitting_ends(text, begin))
        if end is not None:
            yield bare_iban(text[begin:end]), row, begin, end


def accounts(all_rows: Sequence[MarkedRow], places: Sequence[LabelPlace]) -> tuple[Account, ...]:
    """Returns the accounts that money can be sent to, in reading order; a wrong check digit counts only beside a label."""
    label_ends: dict[int, list[int]] = {}
    for place in places:
        if place.means(Label.IBAN):
            label_ends.setdefault(place.row.index, []).append(place.found.end)
    starts = (
        (row, match.start()) for row in all_rows for match in _IBAN_START.finditer(row.row.text)
    )
    found: dict[str, Account] = {}
    for row, start in islice(starts, _MAX_TRIED):
        beside = any(0 <= start - end <= 8 for end in label_ends.get(row.index, ()))
        debited = _is_debit(all_rows, row, start)
        account = None if debited else _account(all_rows, row, start, beside)
        if (account is None or not account.checked) and not debited:
            account = _over_two_lines(all_rows, row, start) or account
        if account is None:
            continue
        known = found.get(account.iban)
        if known is None or (known.bic is None and account.bic is not None):
            found[account.iban] = account
    return tuple(sorted(found.values(), key=lambda account: not account.checked))[:_MAX_ACCOUNTS]


def text_like_account(all_rows: Iterable[MarkedRow]) -> PageRegion | None:
    """Returns the first text that looks like an IBAN, in groups of four or as one, whether or not it can be one."""
    for row in islice(all_rows, _MAX_TRIED):
        like = _LIKE_IBAN.search(row.row.text)
        if like is not None:
            return row.row.region(like.start(), like.end())
    return None


def debited_accounts(all_rows: Sequence[MarkedRow]) -> tuple[Account, ...]:
    """Returns the accounts with right check digits from which the amount is taken, in reading order."""
    found: dict[str, Account] = {}
    for iban, row, begin, end in ibans_of_rows(all_rows):
        if _is_debit(all_rows, row, begin):
            region = row.row.region(begin, end)
            found.setdefault(iban, Account(iban, region, checked=True, bic=None))
    return tuple(found.values())[:_MAX_ACCOUNTS]


def _account(
    all_rows: Sequence[MarkedRow], row: MarkedRow, begin: int, beside_label: bool
) -> Account | None:
    text = row.row.text
    fitting = _fitting_ends(text, begin)
    end = _valid_end(text, begin, fitting)
    if end is not None:
        return _made(all_rows, row, begin, end, checked=True)
    if not beside_label or not fitting:
        return None
    groups = re.match(
        r"[A-Z]{2}[ \u2002]?\d{2}(?:[ \u00a0\u2002]?[A-Z0-9]*\d[A-Z0-9]*)+",
        text[begin : begin + _LONGEST],
    )
    if groups is None or len(bare_iban(groups[0])) not in _LENGTHS:
        return None
    return _made(all_rows, row, begin, begin + groups.end(), checked=False)


def _over_two_lines(all_rows: Sequence[MarkedRow], row: MarkedRow, begin: int) -> Account | None:
    """Returns the account that ends in the next row of the column, where its check digits are right."""
    text = row.row.text
    column_end = text.find(COLUMN, begin)
    end = column_end if column_end >= 0 else len(text)
    if not _GROUPS.fullmatch(text, begin, end):
        return None
    label_left = min(
        (row.row.left(label.begin) for label in row.labels), default=row.row.left(begin)
    )
    for lower in below(all_rows, row, 1.5):
        for low, high in lower.row.segments():
            left = lower.row.left(low)
            in_column = label_left - 6 <= left <= row.row.right(end) or (
                COLUMN not in text and low == 0  # a paragraph, whose lines may be centred
            )
            match = _GROUPS.match(lower.row.text, low, high) if in_column else None
            if match is None:
                continue
            iban = bare_iban(text[begin:end] + match[0])
            if is_iban(iban):
                spans = [
                    *row.row.region(begin, end).words,
                    *lower.row.region(low, match.end()).words,
                ]
                region = region_of(row.row.page, spans)
                return Account(iban, region, checked=True, bic=_bic_near(all_rows, lower))
    return None


def _fitting_ends(text: str, begin: int) -> list[int]:
    """Returns where an account that begins there could end for its length."""
    rest = _IBAN_REST.match(text, begin)
    if rest is None:
        return []
    stop = min(rest.end(), begin + _LONGEST)
    ends = [at for at in range(begin + 15, stop + 1) if at == stop or not text[at].isalnum()]
    return [end for end in ends if len(bare_iban(text[begin:end])) in _LENGTHS]


def _valid_end(text: str, begin: int, ends: Sequence[int]) -> int | None:
    return next((end for end in ends if is_iban(bare_iban(text[begin:end]))), None)


def _made(
    all_rows: Sequence[MarkedRow], row: MarkedRow, begin: int, end: int, checked: bool
) -> Account:
    region = row.row.region(begin, end)
    return Account(bare_iban(region.text), region, checked, _bic_near(all_rows, row))


def _bic_near(all_rows: Sequence[MarkedRow], row: MarkedRow) -> PageRegion | None:
    """Returns the BIC of the same row or the next three that stands behind a label of a BIC."""
    for near in all_rows[row.index : row.index + 4]:
        if near.page != row.page:
            return None
        labels = [label for label in near.labels if Label.BIC in label.meanings]
        for match in _BIC.finditer(near.row.text) if labels else ():
            behind = any(0 <= match.start() - label.end <= 12 for label in labels)
            if behind and stdnum_bic.is_valid(match[0]):
                return near.row.region(*match.span())
    return None


def _is_debit(all_rows: Sequence[MarkedRow], row: MarkedRow, begin: int) -> bool:
    """Returns whether money is taken from the account that begins at the character: then it is the buyer's.

    The sentence says that the account is the buyer's, or that the money comes from it: "is debited from IBAN ...".
    """
    near = all_rows[max(row.index - 1, 0) : row.index + 2]
    words = {
        fold(token.text)
        for near_row in near
        if near_row.page == row.page
        for token in near_row.tokens
    }
    own = {token.text for token in row.tokens}
    before = [token.text for token in row.tokens if token.end <= begin]
    is_buyers = bool(own & words_of(Word.YOUR)) or (
        bool(set(before) & words_of(Word.DEBIT))
        and bool(set(before[-_SOURCE_WORDS:]) & words_of(Word.SOURCE))
    )
    return bool(words & words_of(Word.DEBIT)) and is_buyers
