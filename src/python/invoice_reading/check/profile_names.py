"""The profiles of Factur-X and ZUGFeRD: as XMP metadata names them, and as BT-24 of the XML does."""

import re

_SEPARATORS = re.compile("[:#]")
_CORE = "EN16931"
# What differs in name alone: ZUGFeRD 1 called the profile of the norm COMFORT.
_SAME = {"COMFORT": _CORE}
_KNOWN = frozenset({"MINIMUM", "BASICWL", "BASIC", _CORE, "EXTENDED", "XRECHNUNG"})
# XRechnung is a usage of the norm, and its extension one of that.
_WITHIN = {frozenset({"XRECHNUNG", _CORE}), frozenset({"XRECHNUNG", "EXTENDED"})}


def profile_of_metadata(conformance_level: str | None) -> str | None:
    """Returns the profile that a ConformanceLevel names, None where it names none that is known."""
    return _known(re.sub(r"[\s_-]", "", conformance_level or "").upper())


def profile_of_xml(specification_identifier: str | None) -> str | None:
    """Returns the profile that BT-24 names: "urn:factur-x.eu:1p0:basicwl" is BASICWL; None where it is unknown."""
    text = (specification_identifier or "").strip().casefold()
    if "xrechnung" in text or "xeinkauf" in text:
        return "XRECHNUNG"
    last = _SEPARATORS.split(text)[-1].upper()
    if last == "2017" and text.endswith("en16931:2017"):
        return _CORE
    return _known(last)


def may_be_same(one: str, other: str) -> bool:
    return one == other or frozenset({one, other}) in _WITHIN


def _known(name: str) -> str | None:
    name = _SAME.get(name, name)
    return name if name in _KNOWN else None
