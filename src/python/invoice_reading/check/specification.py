"""PROFILE-01 to PROFILE-03: is the specification (BT-24) known, does it know what the invoice states, and in this version?

All three are for information: what is read, and by what it is judged, does not change money.
"""

from collections.abc import Iterator

from en16931.field_path import value_at
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from en16931.profiles import (
    claims_en16931,
    has_no_lines,
    is_fatturapa,
    is_xrechnung,
    specification_of,
    xrechnung_version,
)
from en16931.rules.declared import Declared
from en16931.rules.rule import finding_of
from en16931.rules.xrechnung.specification import XRECHNUNG
from invoice_reading.check.pack import OWN
from invoice_reading.check.profile_names import profile_of_xml

_SPECIFICATION = "process_control.specification_identifier"
_ZUGFERD_1 = "urn:ferd:crossindustrydocument:"
# Usages that do not name EN 16931: Peppol beyond Europe, and ZUGFeRD 1.
_OTHERS = ("urn:peppol:pint:", "urn:fdc:peppol.eu:", _ZUGFERD_1)

_OF_NORM = (
    "seller.contact",
    "buyer.contact",
    "supporting_documents",
    "lines[0].item.description",
    "lines[0].item.sellers_identifier",
    "lines[0].item.buyers_identifier",
    "lines[0].item.country_of_origin_code",
    "lines[0].item.attributes",
)
# What an invoice of the profile cannot state: lines are judged by the first.
_NOT_IN_PROFILE = {
    "MINIMUM": ("lines", "vat_breakdown", "payment_instructions", "allowances", "charges"),
    "BASICWL": ("lines",),
    "BASIC": _OF_NORM,
}


class KnownSpecification:
    """A `Rule` on the content: one finding where BT-24 is stated."""

    rule_id = "PROFILE-01"
    pack = OWN
    severity = Severity.INFORMATION
    text = "the specification is EN 16931, a usage of it, or another that is known here"
    fields = (_SPECIFICATION,)

    def check(self, declared: Declared) -> Iterator[Finding]:
        specification = specification_of(declared.content)
        if specification is not None:
            is_known = _is_known(specification)
            yield finding_of(self, Outcome.PASSED if is_known else Outcome.FAILED, self.fields)


class RichEnoughProfile:
    """A `Rule` on the content: one finding where BT-24 names a profile of Factur-X or ZUGFeRD 2 below EN 16931."""

    rule_id = "PROFILE-02"
    pack = OWN
    severity = Severity.INFORMATION
    text = "the profile that the specification names has all that the invoice states"
    fields = (
        _SPECIFICATION,
        *dict.fromkeys(path for paths in _NOT_IN_PROFILE.values() for path in paths),
    )

    def check(self, declared: Declared) -> Iterator[Finding]:
        specification = specification_of(declared.content) or ""
        profile = profile_of_xml(specification)
        if profile not in _NOT_IN_PROFILE or specification.casefold().startswith(_ZUGFERD_1):
            return
        beyond = [path for path in _NOT_IN_PROFILE[profile] if _states(path, declared.content)]
        outcome = Outcome.FAILED if beyond else Outcome.PASSED
        yield finding_of(self, outcome, (_SPECIFICATION, *beyond))


class JudgedVersion:
    """A `Rule` on the content: one finding where BT-24 names XRechnung."""

    rule_id = "PROFILE-03"
    pack = OWN
    severity = Severity.INFORMATION
    text = f"the version of XRechnung is the one whose rules are asked, {XRECHNUNG.version}"
    fields = (_SPECIFICATION,)

    def check(self, declared: Declared) -> Iterator[Finding]:
        specification = specification_of(declared.content)
        if not is_xrechnung(specification):
            return
        version = xrechnung_version(specification)
        # BT-24 names a version without its last part: 3.0 is 3.0.2 as well.
        is_same = version is None or XRECHNUNG.version.startswith(f"{version}.")
        yield finding_of(self, Outcome.PASSED if is_same else Outcome.FAILED, self.fields)


def _is_known(specification: str) -> bool:
    return (
        claims_en16931(specification)
        or has_no_lines(specification)
        or is_fatturapa(specification)
        or profile_of_xml(specification) is not None
        or specification.strip().casefold().startswith(_OTHERS)
    )


def _states(path: str, content: InvoiceContent) -> bool:
    if path.startswith("lines[") and not content.lines:
        return False
    return value_at(content, path) not in (None, ())
