"""PROFILE-01 to PROFILE-03: a specification that is unknown, poorer than the invoice, or of another version is told."""

import pytest

from en16931.finding import Outcome
from en16931.model import (
    Contact,
    InvoiceContent,
    InvoiceLine,
    Item,
    ProcessControl,
    Seller,
)
from en16931.rules.declared import Declared
from invoice_reading.check.specification import (
    JudgedVersion,
    KnownSpecification,
    RichEnoughProfile,
)

_NORM = "urn:cen.eu:en16931:2017"
_XRECHNUNG = f"{_NORM}#compliant#urn:xeinkauf.de:kosit:xrechnung"
_LINE = InvoiceLine(item=Item(name="Desk"))


def _declared(specification: str | None, **content: object) -> Declared:
    control = ProcessControl(specification_identifier=specification)
    return Declared(InvoiceContent(process_control=control, **content))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("specification", "outcome"),
    [
        (_NORM, Outcome.PASSED),
        (f"{_NORM}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", Outcome.PASSED),
        ("urn:factur-x.eu:1p0:minimum", Outcome.PASSED),
        ("urn:ferd:CrossIndustryDocument:invoice:1p0:comfort", Outcome.PASSED),
        ("urn:peppol:pint:billing-1@aunz-1", Outcome.PASSED),
        ("urn:example.com:house-style:7", Outcome.FAILED),
    ],
)
def test_specification_is_known_or_not(specification: str, outcome: Outcome) -> None:
    [finding] = KnownSpecification().check(_declared(specification))
    assert finding.outcome is outcome


def test_nothing_is_said_of_what_names_no_specification() -> None:
    assert not list(KnownSpecification().check(_declared(None)))
    assert not list(RichEnoughProfile().check(_declared(None)))
    assert not list(JudgedVersion().check(_declared(None)))


@pytest.mark.parametrize(
    ("specification", "content", "beyond"),
    [
        ("urn:factur-x.eu:1p0:basicwl", {"lines": (_LINE,)}, ("lines",)),
        ("urn:factur-x.eu:1p0:basicwl", {}, ()),
        (f"{_NORM}#compliant#urn:factur-x.eu:1p0:basic", {"lines": (_LINE,)}, ()),
        (
            f"{_NORM}#compliant#urn:factur-x.eu:1p0:basic",
            {"lines": (_LINE,), "seller": Seller(contact=Contact(point="Desk 4"))},
            ("seller.contact",),
        ),
    ],
)
def test_profile_is_poorer_than_what_is_stated(
    specification: str, content: dict[str, object], beyond: tuple[str, ...]
) -> None:
    [finding] = RichEnoughProfile().check(_declared(specification, **content))
    assert finding.field_paths[1:] == beyond
    assert finding.outcome is (Outcome.FAILED if beyond else Outcome.PASSED)


def test_richer_profile_is_not_asked() -> None:
    assert not list(RichEnoughProfile().check(_declared(_NORM, lines=(_LINE,))))


@pytest.mark.parametrize(
    ("specification", "outcome"),
    [
        (f"{_XRECHNUNG}_3.0", Outcome.PASSED),
        (f"{_XRECHNUNG}_3.1", Outcome.FAILED),
        (f"{_NORM}#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3", Outcome.FAILED),
        (f"{_XRECHNUNG}:cvd_0.9", Outcome.PASSED),
    ],
)
def test_version_of_xrechnung_is_that_of_the_rules(specification: str, outcome: Outcome) -> None:
    [finding] = JudgedVersion().check(_declared(specification))
    assert finding.outcome is outcome
