"""Claims whose text is another figure than the document has: the kinds of changes that people and models make."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from en16931.field_path import FieldPathError, value_at
from invoice_summarizer.domain.summarizing.locale_format import long_date
from summary_corruptions.pieces import Pieces, Said, Summarized, one_of, path_of

Change = Callable[[str, Random], str | None]
_DIGITS = re.compile(r"\d")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_IBAN = re.compile(r"[A-Z]{2}\d\d( [A-Z0-9]{1,4})+")


def changed_figures() -> dict[str, Callable[[Summarized, Random], Pieces | None]]:
    """Returns the kinds by name; each returns None where the summary has nothing of the kind to change."""
    texts = {
        "digit changed": (_has_digit, _digit_changed),
        "digits swapped": (_has_digit, _digits_swapped),
        "digit dropped": (_has_digit, _digit_dropped),
        "digit doubled": (_has_digit, _digit_doubled),
        "digit full-width": (_has_digit, _digit_full_width),
        "zero as letter": (_has_digit, _zero_as_letter),
        "decimal point moved": (_is_amount, _point_moved),
        "decimals dropped": (_is_amount, _decimals_dropped),
        "separators exchanged": (_is_amount, _separators_exchanged),
        "thousands taken apart": (_is_amount, _thousands_regrouped),
        "sign before": (_is_amount, lambda text, _: f"-{text}"),
        "sign after": (_is_amount, lambda text, _: f"{text}-"),
        "accounting brackets": (_is_amount, lambda text, _: f"({text})"),
        "currency exchanged": (_is_amount, _currency_exchanged),
        "currency as sign": (_is_amount, _currency_as_sign),
        "currency left out": (_is_amount, _currency_left_out),
        "amount in words": (_is_amount, _amount_in_words),
        "amount in thousands": (_is_amount, lambda text, _: f"{text} k"),
        "percent as number": (_is_percentage, lambda text, _: text.rstrip("% \u00a0\u202f")),
        "percent times ten": (_is_percentage, _percent_times_ten),
        "unit exchanged": (_has_unit, _unit_exchanged),
        "groups of account swapped": (_is_iban, _groups_swapped),
        "words of name swapped": (_is_name, _words_swapped),
        "letter of name dropped": (_is_name, lambda text, _: text[:-1]),
    }
    dates = {
        "day shifted": lambda day: day + timedelta(days=1),
        "month shifted": lambda day: day + timedelta(days=31),
        "year shifted": lambda day: day + timedelta(days=366),
    }
    return {
        **{name: _text_kind(*kind) for name, kind in texts.items()},
        **{name: _date_kind(shift) for name, shift in dates.items()},
        "day and month exchanged": _day_and_month_exchanged,
        "text of another field": _text_of_another_field,
    }


def _text_kind(
    fits: Callable[[Said], bool], change: Change
) -> Callable[[Summarized, Random], Pieces | None]:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        index = one_of(random, [i for i, said in enumerate(summary.said) if fits(said)])
        if index is None:
            return None
        text = summary.said[index].text
        changed = change(text, random)
        if not changed or _bare(changed) == _bare(text):
            return None
        return summary.pieces.with_text(index, changed)

    return corrupt


def _bare(text: str) -> str:
    """The text without spaces: an account is accepted in groups and without."""
    return "".join(text.split())


def _date_kind(
    shift: Callable[[date], date],
) -> Callable[[Summarized, Random], Pieces | None]:
    def corrupt(summary: Summarized, random: Random) -> Pieces | None:
        index = one_of(random, _dates(summary))
        if index is None:
            return None
        day = _value(summary, index)
        assert isinstance(day, date)
        text = long_date(shift(day), summary.language)
        return summary.pieces.with_text(index, text)

    return corrupt


def _day_and_month_exchanged(summary: Summarized, random: Random) -> Pieces | None:
    index = one_of(random, _dates(summary))
    if index is None:
        return None
    day = _value(summary, index)
    assert isinstance(day, date)
    if day.day > 12 or day.day == day.month:
        return None
    text = long_date(day.replace(day=day.month, month=day.day), summary.language)
    return summary.pieces.with_text(index, text)


def _text_of_another_field(summary: Summarized, random: Random) -> Pieces | None:
    said = summary.said
    pairs = [
        (i, j) for i in range(len(said)) for j in range(len(said)) if said[i].text != said[j].text
    ]
    if not pairs:
        return None
    i, j = random.choice(pairs)
    return summary.pieces.with_text(i, said[j].text)


def _dates(summary: Summarized) -> list[int]:
    return [i for i in range(len(summary.said)) if isinstance(_value(summary, i), date)]


def _value(summary: Summarized, index: int) -> object:
    try:
        return value_at(summary.reading.content, path_of(summary.said[index]))
    except FieldPathError:
        return None


def _has_digit(said: Said) -> bool:
    return bool(_DIGITS.search(said.text))


def _is_amount(said: Said) -> bool:
    return bool(re.search(r"\d", said.text) and _CODE.search(said.text)) and "amount" in str(
        said.claim
    )


def _is_percentage(said: Said) -> bool:
    return path_of(said).endswith("rate")


def _has_unit(said: Said) -> bool:
    return path_of(said).endswith("quantity") and said.text[-1].isalpha()


def _is_iban(said: Said) -> bool:
    return bool(_IBAN.fullmatch(said.text))


def _is_name(said: Said) -> bool:
    return path_of(said).endswith("name")


def _digit_changed(text: str, random: Random) -> str:
    place = random.choice([match.start() for match in _DIGITS.finditer(text)])
    digit = random.choice([digit for digit in "0123456789" if digit != text[place]])
    return text[:place] + digit + text[place + 1 :]


def _digits_swapped(text: str, random: Random) -> str | None:
    places = [
        place
        for place in range(len(text) - 1)
        if text[place].isdigit() and text[place + 1].isdigit() and text[place] != text[place + 1]
    ]
    if not places:
        return None
    place = random.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _digit_dropped(text: str, random: Random) -> str:
    place = random.choice([match.start() for match in _DIGITS.finditer(text)])
    return text[:place] + text[place + 1 :]


def _digit_doubled(text: str, random: Random) -> str:
    place = random.choice([match.start() for match in _DIGITS.finditer(text)])
    return text[:place] + text[place] + text[place:]


def _digit_full_width(text: str, random: Random) -> str:
    place = random.choice([match.start() for match in _DIGITS.finditer(text)])
    return text[:place] + chr(ord(text[place]) + 0xFEE0) + text[place + 1 :]


def _zero_as_letter(text: str, _: Random) -> str | None:
    return text.replace("0", "O", 1) if "0" in text else None


def _point_moved(text: str, _: Random) -> str | None:
    match = re.search(r"([.,])(\d)", text)
    return text[: match.start()] + match[2] + match[1] + text[match.end() :] if match else None


def _decimals_dropped(text: str, _: Random) -> str | None:
    return re.sub(r"[.,]\d{2}(?!\d)", "", text, count=1)


def _separators_exchanged(text: str, _: Random) -> str:
    return text.translate(str.maketrans(",.", ".,"))


def _thousands_regrouped(text: str, _: Random) -> str | None:
    match = re.search(r"\d[.,\u202f](?=\d{3})", text)
    return text[: match.end() - 1] + text[match.end() :] if match else None


def _currency_exchanged(text: str, random: Random) -> str:
    code = random.choice(["EUR", "USD", "GBP", "CHF", "JPY", "DEM"])
    return _CODE.sub(code, text)


def _currency_as_sign(text: str, _: Random) -> str:
    return _CODE.sub("€", text)


def _currency_left_out(text: str, _: Random) -> str:
    return _CODE.sub("", text).strip()


def _amount_in_words(text: str, random: Random) -> str:
    word = random.choice(["one hundred", "zwölf", "mille", "nineteen"])
    return re.sub(r"\d[\d.,\u202f]*", word, text, count=1)


def _percent_times_ten(text: str, _: Random) -> str:
    value = Decimal(re.sub("[^0-9]", "", text) or "1") * 10
    return re.sub(r"[\d.,]+", str(value), text, count=1)


def _unit_exchanged(text: str, random: Random) -> str:
    unit = random.choice(["kg", "t", "h", "min", "m²"])
    return re.sub(r"\S+$", unit, text)


def _groups_swapped(text: str, _: Random) -> str:
    first, second, *rest = text.split(" ")
    return " ".join([first, *rest[::-1], second])


def _words_swapped(text: str, _: Random) -> str:
    return " ".join(text.split(" ")[::-1])
