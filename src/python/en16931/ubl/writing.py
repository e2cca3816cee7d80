"""UBL 2.1 as it is written: the constant parts and the order of its elements, beside the tables that it is read by."""

from collections.abc import Mapping

from en16931.binding.table import One
from en16931.namespaces import NAMESPACES
from en16931.ubl.binding import UBL_CREDIT_NOTE, UBL_INVOICE
from en16931.ubl.sayable import sayable_in_ubl
from en16931.ubl.schema import CREDIT_NOTE_ORDER, INVOICE_ORDER
from en16931.writing.formats import iso_day
from en16931.writing.schema import compile_schema
from en16931.writing.syntax import WrittenSyntax
from en16931.xml_reading import Syntax

_AMOUNTS = frozenset(
    (
        "cbc:Amount cbc:BaseAmount cbc:PriceAmount cbc:TaxAmount cbc:TaxableAmount cbc:LineExtensionAmount "
        "cbc:TaxExclusiveAmount cbc:TaxInclusiveAmount cbc:AllowanceTotalAmount cbc:ChargeTotalAmount "
        "cbc:PrepaidAmount cbc:PayableRoundingAmount cbc:PayableAmount cbc:SettlementDiscountAmount"
    ).split()
)

_VAT = (("cac:TaxScheme/cbc:ID", "VAT"),)
_CONSTANTS = {
    "cac:TaxCategory": _VAT,
    "cac:ClassifiedTaxCategory": _VAT,
    # A tax registration that is not for VAT (BT-32).
    "cac:PartyTaxScheme": (("cac:TaxScheme/cbc:ID", "TAX"),),
    # The schema requires the network of a card, and the semantic model has none: "not available".
    "cac:CardAccount": (("cbc:NetworkID", "NA"),),
}

# BR-49: each says by which means; the table reads the first.
_REPEATED = {"cac:PaymentMeans": ("cbc:PaymentMeansCode",)}


def _syntax(syntax: Syntax, root: str, table: One, order: Mapping[str, str]) -> WrittenSyntax:
    return WrittenSyntax(
        syntax=syntax,
        root=root,
        table=table,
        schema=compile_schema(order, NAMESPACES[syntax]),
        namespaces=NAMESPACES[syntax],
        amounts=_AMOUNTS,
        day=iso_day,
        constants=_CONSTANTS,
        repeated=_REPEATED,
        # A gross price stands in a discount, which must have an amount; a rate between currencies, which must be named.
        dispensable=frozenset(
            {("cac:Price", "cac:AllowanceCharge"), (root, "cac:TaxExchangeRate")}
        ),
        choices={},
        sayable=sayable_in_ubl,
    )


WRITTEN_INVOICE = _syntax(Syntax.UBL_INVOICE, "ubl:Invoice", UBL_INVOICE, INVOICE_ORDER)
WRITTEN_CREDIT_NOTE = _syntax(
    Syntax.UBL_CREDIT_NOTE, "cn:CreditNote", UBL_CREDIT_NOTE, CREDIT_NOTE_ORDER
)
