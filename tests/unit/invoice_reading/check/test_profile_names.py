"""Profiles as metadata and as BT-24 name them."""

import pytest

from invoice_reading.check.profile_names import may_be_same, profile_of_metadata, profile_of_xml


@pytest.mark.parametrize(
    ("level", "identifier", "profile"),
    [
        ("MINIMUM", "urn:factur-x.eu:1p0:minimum", "MINIMUM"),
        ("BASIC WL", "urn:factur-x.eu:1p0:basicwl", "BASICWL"),
        ("BASIC", "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic", "BASIC"),
        ("BASIC", "urn:ferd:CrossIndustryDocument:invoice:1p0:basic", "BASIC"),
        ("COMFORT", "urn:ferd:CrossIndustryDocument:invoice:1p0:comfort", "EN16931"),
        ("EN 16931", " urn:cen.eu:en16931:2017 ", "EN16931"),
        ("Extended", "urn:cen.eu:en16931:2017#conformant#urn:zugferd.de:2p0:extended", "EXTENDED"),
        (
            "XRECHNUNG",
            "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            "XRECHNUNG",
        ),
    ],
)
def test_both_names_are_of_one_profile(level: str, identifier: str, profile: str) -> None:
    assert profile_of_metadata(level) == profile_of_xml(identifier) == profile


def test_unknown_names_are_of_none() -> None:
    assert profile_of_metadata("PLATINUM") is profile_of_metadata(None) is None
    assert profile_of_xml("urn:example:profile") is profile_of_xml(None) is None


def test_xrechnung_is_a_usage_of_the_norm() -> None:
    assert may_be_same("XRECHNUNG", "EN16931") and may_be_same("EXTENDED", "XRECHNUNG")
    assert not may_be_same("BASIC", "EN16931") and not may_be_same("XRECHNUNG", "BASIC")
