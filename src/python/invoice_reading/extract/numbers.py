"""Numbers as invoices print them: 1.234,56 and 1,234.56 and 1 234,56 and 1'234.56 and 1.500,--, with sign and currency."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from invoice_reading.currency_codes import printed_currencies
from invoice_reading.extract.layout import COLUMN, Row

_SPACES = " \u00a0\u202f\u2009"
_GROUPING = "'’´" + _SPACES
_MINUS = "-−–"
_NO_CENTS = "-−–—"  # one or two of them behind the mark say that there are no cents
_SYMBOLS = r"€|US\$|C\$|A\$|\$|£|¥|₹|zł|Kč|kr\.?|Rs\.?|RM|Fr\.|SFr\.?"
_MAX_INTEGER_DIGITS = 20  # more are a code, whatever separates them


class DecimalMark(StrEnum):
    COMMA = ","
    POINT = "."


@dataclass(frozen=True, slots=True)
class NumberText:
    """A number printed at the characters [begin, end) of a row; `digits` is it without sign, currency and percent.

    The dash for no cents ("1.500,--") stands in `digits` as printed, a gap inside the number ("1747. 26") does not.
    """

    row: Row
    begin: int
    end: int
    digits: str
    negative: bool
    currency: str | None
    percent: bool

    @property
    def decimals(self) -> int:
        """Returns how many digits stand after the last mark; 0 where there is no mark."""
        if self.digits[-1] in _NO_CENTS:
            return 2
        mark = max(self.digits.rfind(","), self.digits.rfind("."))
        return len(self.digits) - mark - 1 if mark >= 0 else 0

    @property
    def is_money(self) -> bool:
        """Returns whether it reads as an amount of money by itself: two decimals or a currency."""
        return not self.percent and (self.decimals == 2 or self.currency is not None)

    def value(self, mark: DecimalMark | None) -> Decimal | None:
        """Returns the value, read with the mark of the document where the number alone does not tell; None if unclear."""
        return _signed(parse_digits(self.digits, mark), self.negative)


def numbers(row: Row, taken: Sequence[tuple[int, int]] = ()) -> tuple[NumberText, ...]:
    """Returns the numbers of the row from left to right, without those inside the `taken` ranges (dates).

    More than 20 digits before the decimals, or digits other than 0 to 9, are no number. A gap behind the mark is part of
    a number that fills its column; elsewhere neither half of it is a number.
    """
    found: list[NumberText] = []
    blocked = iter(sorted(taken))
    block = next(blocked, None)
    for match in _pattern().finditer(row.text):
        begin, end = match.span("digits")
        while block is not None and block[1] <= begin:
            block = next(blocked, None)
        if block is not None and block[0] < end:
            continue
        if _is_too_long(match["digits"]) or (match["gapped"] and not _fills_column(row, match)):
            continue
        if _is_code(match):
            continue
        found.append(_number(row, match))
    return tuple(found)


def parse_number(text: str, mark: DecimalMark | None) -> Decimal | None:
    """Returns the value of a text that is one number with its sign and currency; None where it is not, or unclear."""
    match = _pattern().search(text)
    if match is None or match[0].strip() != text.strip():
        return None
    return _signed(parse_digits(_digits(match), mark), _is_negative(match))


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"(?<=[.,])[ \u2002\u00a0]", "", match["digits"])


def _is_code(match: re.Match[str]) -> bool:
    """Returns whether capital letters, a hyphen and a whole number are one code of an article: "RM-9427"."""
    letters = match["currency_before"] or ""
    end_of_letters, begin = match.end("currency_before"), match.start("digits")
    return (
        letters.isalpha()
        and begin == end_of_letters + 1
        and match["digits"].isdecimal()
        and (match["inner"] is not None)
    )


def _fills_column(row: Row, match: re.Match[str]) -> bool:
    before, after = row.text[: match.start()], row.text[match.end() :]
    return (not before or before[-1] == COLUMN) and (not after or after[0] == COLUMN)


@cache
def _pattern() -> re.Pattern[str]:
    # A number begins after white space, a bracket, a colon, an equals sign or a currency, and ends where no letter, digit
    # or joined punctuation follows: parts of dates, identifiers, telephone numbers and words are no numbers. A minus that
    # stands apart counts only at the edge of a column: "Paint - 5 l" and "198,00 - net" are not negative.
    money = rf"(?:{_SYMBOLS}|{'|'.join(sorted(printed_currencies()))}|[Ee]uros?|EUROS?)"
    # "40. 00" at the end of a column is one number, whose fraction stands apart; "30. 12 boxes" are two.
    gap_end = rf"(?=(?:[{_SPACES}]?(?:{money}))?[{_SPACES}]?%?(?:\t|$))"
    return re.compile(
        rf"(?<![^\s(:=€$£*])"
        rf"(?P<open>\()?"
        rf"(?P<before>(?<![^\t])[{_MINUS}+][ \u2002]|[{_MINUS}+])?"
        rf"(?:(?P<currency_before>{money})[{_SPACES}\u2002]?)?"
        rf"(?P<inner>[{_MINUS}+])?"
        rf"(?P<digits>(?P<gapped>[0-9]{{1,3}}(?P<group_of_gapped>[.,{_GROUPING}])[0-9]{{3}}"
        rf"(?:(?P=group_of_gapped)[0-9]{{3}})*[.,] [0-9]{{2}}{gap_end}|[0-9]+[.,] [0-9]{{2,6}}{gap_end}"
        rf"|[0-9]{{1,3}}[.,] [0-9]{{3}}[.,][0-9]{{2}}{gap_end})"
        rf"|(?:[0-9]{{1,3}}(?:[.,{_GROUPING}][0-9]{{3}})*|[0-9]+)[.,][{_NO_CENTS}]{{1,2}}(?![{_NO_CENTS}\w])"
        rf"|[0-9]{{1,3}}(?:(?P<group>[.,{_GROUPING}])[0-9]{{3}})(?:(?P=group)[0-9]{{3}})*(?:[.,][0-9]{{1,4}})?(?!\d)"
        rf"|[0-9]+[.,][0-9]{{1,6}}(?!\d)|[0-9]+(?!\d)|[.,][0-9]{{1,4}}(?!\d))"
        rf"(?![{_MINUS}.,/:]\d)"
        rf"(?P<trailing>[{_MINUS}](?!\w)|[ \t\u2002][{_MINUS}](?=\t|$))?"
        rf"(?:[{_SPACES}\u2002]?(?P<currency_after>{money}(?![A-Za-z])))?"
        rf"(?:[{_SPACES}\u2002]?(?P<credit>C[Rr]\b\.?))?"
        rf"(?P<close>\))?"
        rf"(?:[{_SPACES}\u2002]?(?P<percent>%))?"
        rf"(?![\w])"
    )


def parse_digits(digits: str, mark: DecimalMark | None) -> Decimal | None:
    """Returns the value of unsigned digits with their separators.

    None where the decimal mark decides and is unknown, and where there are more digits than any number has.
    """
    if _is_too_long(digits):
        return None
    own = own_mark(digits) or mark
    bare = re.sub(rf"[{_GROUPING}]", "", digits.rstrip(_NO_CENTS)).rstrip(",.")
    if "," not in bare and "." not in bare:
        return Decimal(bare)
    if own is None:
        return None
    other = DecimalMark.POINT if own is DecimalMark.COMMA else DecimalMark.COMMA
    return Decimal(bare.replace(other.value, "").replace(own.value, "."))


def own_mark(digits: str) -> DecimalMark | None:
    """Returns the decimal mark that the digits prove by themselves; None for "1234", "1.234" and "1,234"."""
    if digits[-1] in _NO_CENTS:
        return DecimalMark(digits.rstrip(_NO_CENTS)[-1])
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        return DecimalMark.COMMA if comma > point else DecimalMark.POINT
    last = max(comma, point)
    if last < 0:
        return None
    sign = DecimalMark(digits[last])
    if digits.count(sign.value) > 1:
        return DecimalMark.POINT if sign is DecimalMark.COMMA else DecimalMark.COMMA
    grouped_by_space = any(space in digits for space in _GROUPING)
    leading_zero = digits.startswith("0") and last == 1
    if len(digits) - last - 1 != 3 or grouped_by_space or leading_zero or last > 3:
        return sign
    return None


def decimal_mark(found: Iterable[NumberText]) -> DecimalMark | None:
    """Returns the mark that most of the numbers prove, weighed by amounts of money; None on a tie or without proof."""
    votes = {DecimalMark.COMMA: 0, DecimalMark.POINT: 0}
    for number in found:
        mark = own_mark(number.digits)
        if mark is not None:
            votes[mark] += 3 if number.is_money else 1
    comma, point = votes[DecimalMark.COMMA], votes[DecimalMark.POINT]
    if comma == point:
        return None
    return DecimalMark.COMMA if comma > point else DecimalMark.POINT


def _number(row: Row, match: re.Match[str]) -> NumberText:
    begin, end = match.span()
    while begin < end and row.text[begin].isspace():
        begin += 1
    return NumberText(
        row=row,
        begin=begin,
        end=end,
        digits=_digits(match),
        negative=_is_negative(match),
        currency=_currency(match["currency_before"], match["currency_after"]),
        percent=match["percent"] is not None,
    )


def _signed(value: Decimal | None, negative: bool) -> Decimal | None:
    return value.copy_negate() if value and negative else value


def _is_too_long(digits: str) -> bool:
    mark = own_mark(digits)
    whole = digits.rpartition(mark)[0] if mark and mark in digits else digits
    return sum(sign.isdigit() for sign in whole) > _MAX_INTEGER_DIGITS


def _currency(before: str | None, after: str | None) -> str | None:
    """Returns the sign of the currency; in "$ 5.00 USD" the code says more than the symbol."""
    return after if before is None or (after is not None and after.isalpha()) else before


def _is_negative(match: re.Match[str]) -> bool:
    signs = (match["before"] or "") + (match["inner"] or "") + (match["trailing"] or "")
    if match["credit"] is not None and ("," in match[0] or "." in match[0]):
        return True  # a balance in the customer's favour
    bracketed = match["open"] is not None and match["close"] is not None
    return any(sign in signs for sign in _MINUS) or (
        bracketed and ("," in match[0] or "." in match[0])
    )
