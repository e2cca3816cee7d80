"""The pack of XRechnung: all rules that it holds."""

from en16931.rules.e_invoice_pack import EInvoicePack
from en16931.rules.term_rule import TermRule
from en16931.rules.xrechnung.elements import XRECHNUNG_TREES
from en16931.rules.xrechnung.extension import EXTENSION_RULES
from en16931.rules.xrechnung.header import HEADER_RULES
from en16931.rules.xrechnung.parties import PARTY_RULES
from en16931.rules.xrechnung.payment import PAYMENT_RULES
from en16931.rules.xrechnung.peppol import PEPPOL_RULES
from en16931.rules.xrechnung.specification import XRECHNUNG
from en16931.rules.xrechnung.vehicles import VEHICLE_RULES

_TERMS: tuple[TermRule, ...] = (
    *HEADER_RULES,
    *PARTY_RULES,
    *PAYMENT_RULES,
    *VEHICLE_RULES,
    *EXTENSION_RULES,
    *PEPPOL_RULES,
)

XRECHNUNG_PACK = EInvoicePack(
    XRECHNUNG,
    "https://github.com/itplr-kosit/xrechnung-schematron",
    _TERMS,
    XRECHNUNG_TREES,
)
