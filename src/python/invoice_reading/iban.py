"""IBANs (ISO 13616): how they are written, and whether country, length and check digits agree."""

import re

from stdnum import iban as stdnum_iban

_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_MASKED = re.compile(r"X{3}")  # digits that a bill does not show: "DE63XXXXXXXXXXXX4321"


def bare_iban(text: str) -> str:
    """Returns the IBAN in a text without what stands between its groups."""
    return str(stdnum_iban.compact("".join(text.split())))


def is_iban(text: str) -> bool:
    return bool(stdnum_iban.is_valid(text, check_country=False))


def is_right_iban(account: str) -> bool | None:
    """Returns whether an account that has the form of an IBAN is one; None of any other account, and of a masked one."""
    bare = bare_iban(account)
    if not _FORM.fullmatch(bare) or _MASKED.search(bare):
        return None
    return is_iban(bare)
