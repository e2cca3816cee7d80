"""VAT identifiers: how they are written, and whether their check digits are right.

Check digits are those of python-stdnum. Its modules are imported here at once, so that checking opens no file later.
"""

import re

from stdnum.util import get_cc_module

_COUNTRIES = {"EL": "GR", "XI": "GB"}  # prefixes that are not the code of the country
# What python-stdnum has for the prefix of each country whose identifiers it can check.
_CHECKS = {
    prefix: get_cc_module(_COUNTRIES.get(prefix, prefix).lower(), "vat")
    for prefix in (
        "AT BE BG CY CZ DE DK EE EL ES FI FR GB HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
    ).split()
}


def has_right_check_digits(identifier: str) -> bool | None:
    """Returns whether the check digits are right; None of a country whose identifiers are not checked."""
    check = _CHECKS.get(identifier[:2])
    return (
        None
        if check is None
        else bool(check.is_valid(identifier.removeprefix("EL").removeprefix("XI")))
    )


def vat_identifier(text: str) -> str:
    """Returns a VAT identifier without the spaces that print puts into it."""
    return re.sub(r"[\s.]", "", text)
