"""IBANs (ISO 13616): how they are written, and whether country, length and check digits agree."""

import re

from stdnum import iban as stdnum_iban
from stdnum import numdb

from en16931.finding import Outcome

_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_MASK = re.compile(r"X{3,}")  # what a bill does not show: "DE63XXXXXXXXXXXX4321"
_STRUCTURE = re.compile(r"([0-9]+)!([nac])")  # "4!a6!n8!n": digits, letters, both
_COUNTRIES = numdb.get("iban")
_ACCOUNT = 4  # where it begins, behind country and check digits


def bare_iban(text: str) -> str:
    """Returns the IBAN in a text without what stands between its groups."""
    return str(stdnum_iban.compact("".join(text.split())))


def is_iban(text: str) -> bool:
    return bool(stdnum_iban.is_valid(text, check_country=False))


def iban_outcome(account: str) -> Outcome | None:
    """Returns whether an account that has the form of an IBAN is one; None of any other account.

    Of a masked one it cannot be told: it has three X or more in a row, and not all of them where its country has
    letters.
    """
    bare = bare_iban(account)
    if not _FORM.fullmatch(bare):
        return None
    if _is_masked(bare):
        return Outcome.NOT_DECIDABLE
    return Outcome.PASSED if is_iban(bare) else Outcome.FAILED


def _is_masked(bare: str) -> bool:
    kinds = _kinds(bare[:2])
    account = bare[_ACCOUNT:]
    return any("n" in kinds[mask.start() : mask.end()] for mask in _MASK.finditer(account))


def _kinds(country: str) -> str:
    """Returns for each character of the country's accounts whether it is a digit (n), a letter (a) or either (c)."""
    [(_, known), *_] = _COUNTRIES.info(country)
    structure = _STRUCTURE.findall(known.get("bban", ""))
    return "".join(kind * int(count) for count, kind in structure)
