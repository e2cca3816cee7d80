"""Payment terms in people's words: a text is understood where it is a row of clauses of one language, from end to end.

One word that belongs to no clause, "no", "not" or "except" among them, and nothing of the text is used.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from en16931.written_values import written_date, written_number
from invoice_summarizer.domain.payment_terms.terms import (
    Day,
    Deadline,
    Discount,
    Instalment,
    Number,
    PaymentTerms,
)
from invoice_summarizer.domain.payment_terms.words import WORDS, TermWords

_LONGEST_TEXT = 1000
_MOST_CLAUSES = 24
_MOST_DISCOUNT = Decimal(50)  # a larger percentage is more likely something else
_S = r"\s{0,4}"
_DATE = (
    r"(?P<{name}>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}\.\s?[0-9]{{1,2}}\.\s?[0-9]{{4}}"
    r"|[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-][0-9]{{4}})(?![0-9])"
)
_NUMBER = r"[0-9]{1,2}(?:[.,][0-9]{1,2})?"
_AMOUNT = r"(?P<amount>[0-9][0-9.,' \u00a0\u202f’]{0,17}[0-9])"
_SEPARATOR = re.compile(r"[\s,;:./–-]{0,6}")


@dataclass(slots=True)
class _Clauses:
    discounts: list[Discount] = field(default_factory=list)
    nets: list[Deadline] = field(default_factory=list)
    instalments: list[Instalment] = field(default_factory=list)


_Clause = tuple[re.Pattern[str], Callable[[re.Match[str], _Clauses], bool]]


def free_text_terms(text: str) -> PaymentTerms | None:
    """Returns what the text says; None where no language understands all of it, or two understand it differently."""
    if not text.strip() or len(text) > _LONGEST_TEXT:
        return None
    understood = [
        terms
        for words in WORDS.values()
        if (terms := _understood(text, _clauses(words), words.also)) is not None
    ]
    if not understood or any(terms != understood[0] for terms in understood):
        return None
    return understood[0]


def _understood(text: str, clauses: Sequence[_Clause], also: str) -> PaymentTerms | None:
    said = _Clauses()
    between = re.compile(rf"(?:{also})\b\s{{0,4}}", re.IGNORECASE)
    place = _separated(text, 0)
    for _ in range(_MOST_CLAUSES):
        end = _after_clause(text, place, clauses, said)
        if end is None:
            return None
        place = _separated(text, end)
        if place == len(text):
            return _terms(said)
        joined = between.match(text, place)
        place = joined.end() if joined else place
    return None


def _separated(text: str, place: int) -> int:
    match = _SEPARATOR.match(text, place)
    return match.end() if match else place


def _after_clause(text: str, place: int, clauses: Sequence[_Clause], said: _Clauses) -> int | None:
    """Returns where the clause at the place ends; None where none stands there whole, or it says what cannot be."""
    for pattern, add in clauses:
        match = pattern.match(text, place)
        if match is not None:
            return match.end() if add(match, said) else None
    return None


def _terms(said: _Clauses) -> PaymentTerms | None:
    if len(said.nets) > 1 or len(said.instalments) == 1:
        return None
    if said.instalments and (said.discounts or said.nets or not _is_whole(said.instalments)):
        return None
    return PaymentTerms(
        discounts=tuple(said.discounts),
        net=said.nets[0] if said.nets else None,
        instalments=tuple(said.instalments),
    )


def _is_whole(instalments: Sequence[Instalment]) -> bool:
    """Says whether the parts are all amounts, or all hundredths that make a whole."""
    hundredths = [part.percent.value for part in instalments if part.percent is not None]
    return not hundredths or (len(hundredths) == len(instalments) and sum(hundredths) == 100)


@cache
def _clauses(words: TermWords) -> tuple[_Clause, ...]:
    """Returns the clauses of a language; where two begin alike, the longer one comes first."""
    percent = rf"(?P<percent>{_NUMBER}){_S}(?:%|(?:{words.percent})\b)"
    day = _DATE.format(name="day")
    days = rf"(?P<days>[0-9]{{1,3}}){_S}(?:{words.days})\b"
    until = rf"(?:{words.until}){_S}{day}"
    start = rf"(?:{_S}(?:{words.from_invoice})(?!\w))?"
    both = rf"(?:{_S}[(,]?{_S}{until}\)?)?"
    deadline = rf"(?:(?:(?:{words.within}){_S})?{days}{start}{both}|{until.replace('<day>', '<only_day>')})"
    if_paid = rf"(?:(?:{words.if_paid}){_S})?"
    discount = rf"(?:{words.discount})\b"
    net = rf"(?:{words.net})\b"
    payable = rf"(?:{words.payable})\b{_S}:?{_S}"
    money = rf"(?:(?P<before>€|[a-z]{{3}}){_S})?{_AMOUNT}(?:{_S}(?P<after>€|[a-z]{{3}}\b))?"
    rate = rf"(?:[0-9]{{1,2}}(?:\.|st|nd|rd|th)?{_S}(?:{words.instalment})\b{_S}:?{_S})?"
    due_on = rf"(?:{words.due_on}|{words.until}){_S}{_DATE.format(name='only_day')}"
    patterns: tuple[tuple[str, Callable[[re.Match[str], _Clauses], bool]], ...] = (
        (rf"{percent}{_S}{discount}{_S},?{_S}{if_paid}{deadline}", _add_discount),
        (rf"{if_paid}{deadline}{_S}[:,=]?{_S}{percent}{_S}{discount}", _add_discount),
        (
            rf"{discount}{_S}(?:(?:{words.of}){_S})?:?{_S}{percent}{_S},?{_S}{if_paid}{deadline}",
            _add_discount,
        ),
        (
            rf"(?P<percent>{_NUMBER})%?/(?P<days>[0-9]{{1,3}})(?=[\s,;]{{1,3}}(?:net|n)\b)",
            _add_discount,
        ),
        (
            rf"(?:net|n){_S}/?{_S}(?P<days>[0-9]{{1,3}})(?:{_S}(?:{words.days})\b)?(?![0-9.,])",
            _add_net,
        ),
        (
            rf"{payable}(?:{net}{_S})?{deadline}(?:{_S},?{_S}{net})?{both.replace('<day>', '<late_day>')}",
            _add_net,
        ),
        (rf"{net}{_S}{deadline}", _add_net),
        (rf"{deadline}{_S},?{_S}{net}{both.replace('<day>', '<late_day>')}", _add_net),
        (rf"{rate}{money}{_S},?{_S}{due_on}", _add_instalment),
        (
            rf"{rate}{percent}{_S},?{_S}(?:{deadline}|{due_on.replace('<only_day>', '<late_day>')})",
            _add_instalment,
        ),
    )
    return tuple((re.compile(rf"{pattern}(?!\w)", re.IGNORECASE), add) for pattern, add in patterns)


def _add_discount(match: re.Match[str], said: _Clauses) -> bool:
    percent, deadline = _number(match, "percent"), _deadline(match)
    if percent is None or deadline is None or not 0 < percent.value <= _MOST_DISCOUNT:
        return False
    said.discounts.append(Discount(percent=percent, deadline=deadline))
    return True


def _add_net(match: re.Match[str], said: _Clauses) -> bool:
    deadline = _deadline(match)
    if deadline is None:
        return False
    said.nets.append(deadline)
    return True


def _add_instalment(match: re.Match[str], said: _Clauses) -> bool:
    percent, amount, deadline = (
        _number(match, "percent"),
        _number(match, "amount"),
        _deadline(match),
    )
    if deadline is None or (percent is None) == (amount is None):
        return False
    groups = match.groupdict()
    currency = groups.get("before") or groups.get("after")
    code = "EUR" if currency == "€" else currency
    said.instalments.append(
        Instalment(deadline=deadline, percent=percent, amount=amount, currency_code=code)
    )
    return True


def _deadline(match: re.Match[str]) -> Deadline | None:
    """Returns the deadline; None where a date in it is none, or two are named."""
    names = [name for name in ("day", "only_day", "late_day") if match.groupdict().get(name)]
    days = _number(match, "days")
    if len(names) > 1 or (not names and days is None):
        return None
    if not names:
        return Deadline(days=days)
    value = written_date(match[names[0]])
    if value is None:
        return None
    return Deadline(days=days, day=Day(value, match.start(names[0]), match.end(names[0])))


def _number(match: re.Match[str], name: str) -> Number | None:
    text = match.groupdict().get(name)
    value = written_number(text) if text else None
    return Number(value, match.start(name), match.end(name)) if value is not None else None
