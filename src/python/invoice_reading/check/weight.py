"""Which broken rules keep an invoice from passing without a person.

Ours do, unless they inform only. Of the official rules, those do that are asked of the content, where money is counted,
and a few that say of an e-invoice as it was written that a code or an amount of it has no certain meaning. All others
(addresses, identifiers, schemes, decimals, how often something stands) are told, and nobody pays wrongly by them. Nor
do those that the content keeps, and the document as written does not.
"""

from en16931.finding import Finding, Severity
from en16931.rules.cen import CEN
from en16931.rules.xrechnung.specification import XRECHNUNG
from invoice_reading.check.as_written import is_as_written
from invoice_reading.check.standard import ASKED_OF_CONTENT

_OFFICIAL = frozenset({str(CEN), str(XRECHNUNG)})
_OF_DOCUMENT = frozenset(
    (
        # Codes of the type, the currency, the means of payment and the category of VAT.
        "BR-CL-01 BR-CL-03 BR-CL-04 BR-CL-16 BR-CL-17 BR-CL-18 "
        # More than one total, price, discount, reference or means of payment, of which one would be taken.
        "UBL-SR-26 UBL-SR-37 UBL-SR-44 UBL-SR-45 UBL-SR-47 UBL-SR-54 UBL-SR-55 "
        "CII-SR-439 CII-SR-440 CII-SR-441 CII-SR-463 CII-SR-467 CII-SR-469 CII-SR-473 "
        "CII-SR-477 CII-SR-478 CII-SR-479 CII-SR-480 CII-SR-481 CII-SR-482 CII-SR-484 CII-SR-487 "
        # The amount due with payments by third parties, which stands for BR-CO-16 in the extension of XRechnung.
        "BR-DEX-09"
    ).split()
)


def keeps_from_passing(finding: Finding) -> bool:
    """Returns whether a person has to look at an invoice for which the rule of this finding failed."""
    if is_as_written(finding):
        return False
    if finding.rule_pack not in _OFFICIAL:
        return finding.severity is not Severity.INFORMATION
    weighs = finding.rule_id in ASKED_OF_CONTENT or finding.rule_id in _OF_DOCUMENT
    return weighs and finding.severity is Severity.ERROR
