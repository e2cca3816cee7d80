"""What the profile of an e-invoice, named by BT-24, leaves out."""

import re

from en16931.model import InvoiceContent

# Factur-X and ZUGFeRD 2: "urn:factur-x.eu:1p0:minimum", "urn:zugferd.de:2p0:basicwl".
_WITHOUT_LINES = frozenset({"minimum", "basicwl"})
_EN16931 = "urn:cen.eu:en16931:2017"
# FormatoTrasmissione: to companies, and to the public administration.
_FATTURAPA = frozenset({"FPR12", "FPA12"})
_SEPARATORS = re.compile("[:#]")


def specification_of(content: InvoiceContent) -> str | None:
    """Returns BT-24."""
    control = content.process_control
    return control.specification_identifier if control is not None else None


def has_no_lines(specification_identifier: str | None) -> bool:
    """Returns whether BT-24 names a profile that has no invoice lines: MINIMUM or BASIC WL."""
    if specification_identifier is None:
        return False
    profile = _SEPARATORS.split(specification_identifier.strip())[-1]
    return profile.casefold() in _WITHOUT_LINES


def claims_en16931(specification_identifier: str | None) -> bool:
    """Returns whether BT-24 names EN 16931, or a usage of it that has lines."""
    if specification_identifier is None or has_no_lines(specification_identifier):
        return False
    return _EN16931 in specification_identifier.casefold()


def is_fatturapa(specification_identifier: str | None) -> bool:
    """Returns whether BT-24 names FatturaPA, of which the rules of EN 16931 do not speak."""
    return specification_identifier in _FATTURAPA
