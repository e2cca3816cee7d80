"""What the profile of an e-invoice, named by BT-24, leaves out."""

import re

# Factur-X and ZUGFeRD 2: "urn:factur-x.eu:1p0:minimum", "urn:zugferd.de:2p0:basicwl".
_WITHOUT_LINES = frozenset({"minimum", "basicwl"})
_SEPARATORS = re.compile("[:#]")


def has_no_lines(specification_identifier: str | None) -> bool:
    """Returns whether BT-24 names a profile that has no invoice lines: MINIMUM or BASIC WL."""
    if specification_identifier is None:
        return False
    profile = _SEPARATORS.split(specification_identifier.strip())[-1]
    return profile.casefold() in _WITHOUT_LINES
