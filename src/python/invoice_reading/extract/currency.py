"""The currency of the invoice: a code, or a symbol where it means one currency only."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from invoice_reading.annotation import AnnotationReason, FieldStatus, PageRegion
from invoice_reading.currency_codes import printed_currencies
from invoice_reading.extract.column_text import has_legal_form, is_name, segments
from invoice_reading.extract.confidence import CHECKED, IMPLIED, LABELLED, with_rivals
from invoice_reading.extract.field_values import FieldValue, FieldValues
from invoice_reading.extract.label_values import LabelPlace, room_beside
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.lexicon import Label
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import NumberText
from invoice_reading.extract.phrases import caption_phrases, column_phrases
from invoice_reading.extract.tokens import fold

_PATH = "currency_code"
_WORDS_OF_SENTENCE = 6
_HEAD_ROWS = 2  # under the first row of a table's head
_MEANINGS: dict[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "EURO": ("EUR",),
    "EUROS": ("EUR",),
    "£": ("GBP",),
    "₹": ("INR",),
    "ZŁ": ("PLN",),
    "KČ": ("CZK",),
    "RM": ("MYR",),
    "FR.": ("CHF",),
    "SFR.": ("CHF",),
    "SFR": ("CHF",),
    "US$": ("USD",),
    "C$": ("CAD",),
    "A$": ("AUD",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "¥": ("JPY", "CNY"),
    "KR": ("SEK", "NOK", "DKK", "ISK"),
    "KR.": ("DKK", "SEK", "NOK", "ISK"),
    "RS": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "RS.": ("INR", "PKR", "LKR", "NPR", "MUR"),
}
# "Sdn Bhd" is a legal form in Malaysia, and no dinar of Bahrain.
_NO_LEGAL_FORM = r"(?<![Ss][Dd][Nn][ .\u2002\t])(?<![Ss][Dd][Nn]\.[ \u2002\t])"
_NAMES = {  # as sentences have them: "all amounts in pounds sterling"
    "pounds sterling": "GBP",
    "pound sterling": "GBP",
    "british pounds": "GBP",
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "us-dollar": "USD",
    "dollars us": "USD",
    "dollari usa": "USD",
    "dolares estadounidenses": "USD",
    "dolarach amerykanskich": "USD",
    "swiss francs": "CHF",
    "schweizer franken": "CHF",
    "francs suisses": "CHF",
    "franchi svizzeri": "CHF",
    "zlotych": "PLN",
    "zloty": "PLN",
    "czech koruna": "CZK",
    "danish kroner": "DKK",
    "swedish kronor": "SEK",
    "norwegian kroner": "NOK",
}


def currencies(text: str) -> tuple[str, ...]:
    """Returns the ISO 4217 codes that a code or symbol can mean, most frequent first."""
    sign = text.strip().upper()
    return _MEANINGS.get(sign, (sign,) if re.fullmatch(r"[A-Z]{3}", sign) else ())


def currency_mentions(
    row: MarkedRow, begin: int = 0
) -> Iterator[tuple[PageRegion, tuple[str, ...]]]:
    """Yields each code and symbol of a currency behind the character, with the codes that it can mean."""
    for match in _sign().finditer(row.row.text, begin):
        meanings = currencies(match[0])
        if meanings:
            yield row.row.region(*match.span()), meanings


def add_currency(
    into: FieldValues,
    all_rows: Sequence[MarkedRow],
    places: Sequence[LabelPlace],
    in_united_states: bool,
) -> None:
    """Records `currency_code`: from its label, else from the amounts; "$" alone is USD only beside an address there."""
    labelled = [
        found for place in places if place.means(Label.CURRENCY) for found in _beside(place)
    ]
    counted = _counted(all_rows)
    if labelled:
        into.present(_PATH, labelled[0], counted)
        return
    headed = _headed(all_rows)
    if len({head.value for head in headed}) == 1 and _is_in_sentences(all_rows, headed[0]):
        into.present(_PATH, headed[0], counted)
        return
    if counted:
        first = counted[0]
        into.present(_PATH, first, counted[1:])
        return
    symbol = _ambiguous_symbol(all_rows)
    if symbol is None:
        mentioned = list(_mentioned(all_rows))
        if len({head.value for head in headed}) == 1:
            others = [mention for mention in mentioned if mention.confidence >= LABELLED]
            into.present(_PATH, headed[0], others)
        elif len({mention.value for mention in mentioned}) == 1:
            into.present(_PATH, max(mentioned, key=lambda mention: mention.confidence))
        return
    number, codes = symbol
    region = _region(number)
    if codes[0] == "USD" and in_united_states:
        into.present(
            _PATH,
            FieldValue("USD", region, IMPLIED),
            reasons=(AnnotationReason.SYMBOL_READ_BY_ADDRESS,),
        )
        return
    candidates = [FieldValue(code, region, 1 / len(codes)) for code in codes]
    into.undecided(
        _PATH, FieldStatus.AMBIGUOUS, candidates, (AnnotationReason.SYMBOL_OF_SEVERAL_CURRENCIES,)
    )


def _beside(place: LabelPlace) -> list[FieldValue]:
    begin, _ = room_beside(place)
    named = _name_in(place.row, begin)
    if named is not None:
        return [named]
    match = _named().search(place.row.row.text, begin, begin + 20)
    meant = currencies(match[0]) if match is not None else ()
    if match is None or len(meant) != 1:
        return []
    return [FieldValue(meant[0], (place.row.row.region(*match.span()),), CHECKED)]


def _name_in(row: MarkedRow, begin: int) -> FieldValue | None:
    """Returns the currency whose name follows, with the words of its name as printed."""
    text = row.row.text
    first = begin + len(text[begin:]) - len(text[begin:].lstrip(" :.\u2002\t"))
    for end in (token.end for token in row.tokens if first < token.end <= first + 30):
        code = _NAMES.get(" ".join(fold(text[first:end]).split()))
        if code is not None:
            return FieldValue(code, (row.row.region(first, end),), LABELLED)
    return None


def is_foreign(number: NumberText, row: MarkedRow, code: str | None) -> bool:
    """Returns whether an amount is in another currency than `code`: by its own sign, else by those of its row alone."""
    if code is None:
        return False
    if number.currency is not None:
        meant = currencies(number.currency)
        return bool(meant) and code not in meant
    mentioned = [meant for _, meant in currency_mentions(row)]
    return bool(mentioned) and all(code not in meant for meant in mentioned)


def _counted(all_rows: Sequence[MarkedRow]) -> list[FieldValue]:
    """Returns the currencies printed at amounts, most frequent first."""
    counts: Counter[str] = Counter()
    first: dict[str, NumberText] = {}
    for row in all_rows:
        for number in row.numbers:
            meant = currencies(number.currency) if number.currency else ()
            if len(meant) == 1:
                counts[meant[0]] += 1
                first.setdefault(meant[0], number)
    return [
        FieldValue(code, _region(first[code]), with_rivals(LABELLED, len(counts) - 1))
        for code, _ in counts.most_common()
    ]


def _is_in_sentences(all_rows: Sequence[MarkedRow], head: FieldValue) -> bool:
    """Returns whether each amount with a currency is in another one than the column, and stands in a sentence.

    "A fee of 40 euros is due" says nothing of what is under "Amount USD".
    """
    marked = [
        (row, number) for row in all_rows for number in row.numbers if number.currency is not None
    ]
    return bool(marked) and all(
        head.value not in currencies(number.currency or "") and _is_in_sentence(row, number)
        for row, number in marked
    )


def _is_in_sentence(row: MarkedRow, number: NumberText) -> bool:
    text = row.row.text
    begin, end = text.rfind(COLUMN, 0, number.begin) + 1, text.find(COLUMN, number.end)
    until = end if end >= 0 else len(text)
    words = sum(token.text.isalpha() and begin <= token.begin < until for token in row.tokens)
    return words >= _WORDS_OF_SENTENCE


def _mentioned(all_rows: Sequence[MarkedRow]) -> list[FieldValue]:
    """Returns the currencies that stand anywhere: surer in a heading of columns ("Amount €") than in other words.

    As sure is what stands in brackets where amounts are named: "Total (RM)". Initials in the name of a company are no
    currency.
    """
    return [
        FieldValue(
            meant[0],
            (row.row.region(*sign.span()),),
            LABELLED if _is_heading(row) or (_is_bracketed(sign) and _names(row)) else IMPLIED,
        )
        for row in all_rows
        for sign in _mention().finditer(row.row.text)
        for meant in (currencies(sign[0]),)
        if len(meant) == 1 and not _is_in_company_name(row, sign.start())
    ]


def _headed(all_rows: Sequence[MarkedRow]) -> list[FieldValue]:
    """Returns the currencies that all of a column is in, by its head: "Amount EUR", or "EUR" under "Amount"."""
    found: list[FieldValue] = []
    for row in all_rows:
        above = all_rows[max(row.index - _HEAD_ROWS, 0) : row.index]
        under = not row.numbers and any(
            _is_heading(head)
            and head.page == row.page
            and row.row.top <= head.row.bottom + head.row.height
            for head in above
        )
        for sign in _mention().finditer(row.row.text) if under or _is_heading(row) else ():
            meant = currencies(sign[0])
            alone = any(span == sign.span() for span in row.row.segments())
            if len(meant) == 1 and (alone or _is_heading(row)):
                found.append(FieldValue(meant[0], (row.row.region(*sign.span()),), LABELLED))
    return found


def _is_heading(row: MarkedRow) -> bool:
    return len(column_phrases().search(row.row.text, row.tokens)) >= 3


def _is_bracketed(sign: re.Match[str]) -> bool:
    before, after = sign.string[: sign.start()], sign.string[sign.end() :]
    return before[-1:] == "(" and after[:1] == ")"


def _names(row: MarkedRow) -> bool:
    """Returns whether the row names an amount or a column."""
    of = (row.row.text, row.tokens)
    return bool(column_phrases().search(*of) or caption_phrases().search(*of))


def _is_in_company_name(row: MarkedRow, begin: int) -> bool:
    return any(
        segment.begin <= begin < segment.end
        and has_legal_form(segment.text)
        and is_name(segment.text)
        for segment in segments(row)
    )


def _ambiguous_symbol(all_rows: Sequence[MarkedRow]) -> tuple[NumberText, tuple[str, ...]] | None:
    for row in all_rows:
        for number in row.numbers:
            if number.currency is not None:
                return number, currencies(number.currency)
    return None


def _region(number: NumberText) -> tuple[PageRegion, ...]:
    assert number.currency is not None
    begin = number.row.text.index(number.currency, number.begin, number.end)
    return (number.row.region(begin, begin + len(number.currency)),)


@cache
def _code() -> re.Pattern[str]:
    codes = "|".join(sorted(printed_currencies()))
    return re.compile(rf"(?<![A-Za-z]){_NO_LEGAL_FORM}({codes})(?![A-Za-z])")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"{_code().pattern}|\b[Ee]uros?\b|€|£")


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"{_code().pattern}|\b[Ee]uros?\b|US\$|C\$|A\$|[€£$¥₹]|\bzł\b|\bKč(?!\w)")


@cache
def _mention() -> re.Pattern[str]:
    # "RM" is a word of other languages: it is ringgit in brackets or in a column of its own.
    return re.compile(rf"{_sign().pattern}|(?<=\()RM(?=\))|(?<![^\t])RM(?![^\t])")
