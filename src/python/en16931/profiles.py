"""What the profile of an e-invoice, named by BT-24, leaves out."""

import re

from en16931.model import InvoiceContent

# Factur-X and ZUGFeRD 2: "urn:factur-x.eu:1p0:minimum", "urn:zugferd.de:2p0:basicwl".
_WITHOUT_LINES = frozenset({"minimum", "basicwl"})
_EN16931 = "urn:cen.eu:en16931:2017"
# FormatoTrasmissione: to companies, and to the public administration.
_FATTURAPA = frozenset({"FPR12", "FPA12"})
_SEPARATORS = re.compile("[:#]")
# "urn:xeinkauf.de:kosit:xrechnung_3.0", and before 3.0 "urn:xoev-de:kosit:standard:xrechnung_2.3".
_XRECHNUNG = re.compile(
    r"urn:(?:xeinkauf\.de|xoev-de):kosit:(?:standard:)?xrechnung(?:_([0-9.]+)|:)", re.IGNORECASE
)
_XRECHNUNG_EXTENSION = re.compile(
    r"urn:(?:xeinkauf\.de|xoev-de):kosit:extension:xrechnung_", re.IGNORECASE
)


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


def is_xrechnung(specification_identifier: str | None) -> bool:
    """Returns whether BT-24 names XRechnung, in any version of it, or its extension."""
    return _XRECHNUNG.search(specification_identifier or "") is not None or is_xrechnung_extension(
        specification_identifier
    )


def is_xrechnung_extension(specification_identifier: str | None) -> bool:
    """Returns whether BT-24 names the extension of XRechnung, in any version of it."""
    return _XRECHNUNG_EXTENSION.search(specification_identifier or "") is not None


def xrechnung_version(specification_identifier: str | None) -> str | None:
    """Returns the version of XRechnung that BT-24 names, `3.0`; None where it names none."""
    match = _XRECHNUNG.search(specification_identifier or "")
    return None if match is None else match[1]
