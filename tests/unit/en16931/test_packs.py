"""Which packs an e-invoice asks to be judged by, and what they leave to each other."""

import pytest

from en16931.hardened_xml import parse_xml
from en16931.judgement import MOST_PLACES, packs_of, read_judged, stated_invoice
from small_invoice import ubl_invoice

_XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
_OLDER = "urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3"
_CLAIM = b"<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>"
_EXTENSION = f"{_XRECHNUNG}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"


def _with_specification(specification: str) -> bytes:
    stated = f"<cbc:CustomizationID>{specification}</cbc:CustomizationID><cbc:ID>".encode()
    return ubl_invoice().replace(b"<cbc:ID>", stated, 1)


@pytest.mark.parametrize(
    ("specification", "packs"),
    [
        ("urn:cen.eu:en16931:2017", ["cen-1.3.16"]),
        ("urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended", ["cen-1.3.16"]),
        (_XRECHNUNG, ["cen-1.3.16", "xrechnung-3.0.2"]),
        (_EXTENSION, ["cen-1.3.16", "xrechnung-3.0.2"]),
        (_OLDER, ["cen-1.3.16", "xrechnung-3.0.2"]),
        (
            f"{_OLDER}#conformant#urn:xoev-de:kosit:extension:xrechnung_2.3",
            ["cen-1.3.16", "xrechnung-3.0.2"],
        ),
        ("urn:factur-x.eu:1p0:basicwl", []),
        ("urn:factur-x.eu:1p0:minimum", []),
        ("urn:peppol:pint:billing-1@aunz-1", []),
        ("", []),
    ],
)
def test_packs_are_those_of_the_specification(specification: str, packs: list[str]) -> None:
    invoice = stated_invoice(parse_xml(_with_specification(specification)))
    assert invoice is not None
    assert [str(pack.name) for pack in packs_of(invoice)] == packs


def test_extension_replaces_the_rule_on_the_amount_due() -> None:
    invoice = stated_invoice(parse_xml(_with_specification(_EXTENSION)))
    assert invoice is not None
    cen, xrechnung = packs_of(invoice)
    assert "BR-CO-16" not in cen.rule_ids
    assert "BR-DEX-09" in xrechnung.rule_ids


def test_long_invoice_names_the_first_places_of_a_breach() -> None:
    document = ubl_invoice(lines=50).replace(b"<cbc:ID>", _CLAIM, 1)
    without = document.replace(b' unitCode="C62"', b"")
    broken = [finding for finding in read_judged(without).broken if finding.rule_id == "BR-23"]
    assert len(broken) == MOST_PLACES


def test_breaches_of_all_rules_are_reported() -> None:
    document = ubl_invoice(declared_total="1.00").replace(b"<cbc:ID>", _CLAIM, 1)
    broken = {finding.rule_id for finding in read_judged(document).broken}
    assert {"BR-CO-15", "BR-08"} < broken


@pytest.mark.parametrize(
    ("specification", "warns"),
    [
        (_XRECHNUNG, False),
        (_EXTENSION, False),
        (_OLDER, True),
        ("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.1", True),
    ],
)
def test_other_version_of_xrechnung_is_judged_and_told(specification: str, warns: bool) -> None:
    broken = {finding.rule_id for finding in read_judged(_with_specification(specification)).broken}
    assert "BR-DE-15" in broken  # there is no buyer's reference
    assert ("BR-DE-21" in broken) is warns
