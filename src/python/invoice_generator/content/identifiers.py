"""VAT identifiers and accounts whose check digits are right by python-stdnum."""

import random

from stdnum import iban
from stdnum.ch import vat as ch_vat
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVW"
_TRIES = 50_000


def filled(pattern: str, rng: random.Random) -> str:
    """Returns the pattern with a digit for each 9 and a letter for each A; other characters stay."""
    return "".join(
        rng.choice("0123456789") if c == "9" else rng.choice(_LETTERS) if c == "A" else c
        for c in pattern
    )


def vat_id(country: str, pattern: str, rng: random.Random) -> str:
    """Returns a VAT identifier whose check digits are right, with the country's prefix."""
    prefix = 3 if country in ("CH", "AT") else 2  # letters of the prefix are no holes
    for _ in range(_TRIES):
        value = pattern[:prefix] + filled(pattern[prefix:], rng)
        if country == "GB":
            valid = gb_vat.is_valid(value)
        elif country == "CH":
            value = pattern[:3] + filled(pattern[3:12], rng) + pattern[12:]
            valid = ch_vat.is_valid(value)
        elif country in ("ES", "NL"):
            head, tail = (3, len(pattern)) if country == "ES" else (2, 11)
            value = pattern[:head] + filled(pattern[head:tail], rng) + pattern[tail:]
            valid = eu_vat.is_valid(value)
        else:
            valid = eu_vat.is_valid(value)
        if valid:
            return value
    raise AssertionError(f"no VAT identifier of {country} fits its pattern")


def account(country: str, bban: str, rng: random.Random) -> str:
    """Returns an IBAN whose check digits are right, those inside of it too where python-stdnum knows them."""
    for _ in range(_TRIES):
        bare = country + "00" + filled(bban, rng)
        value = country + iban.calc_check_digits(bare) + bare[4:]
        if iban.is_valid(value):
            return value
    raise AssertionError(f"no IBAN of {country} fits its pattern")
