"""CII as it is written: the constant parts and the order of its elements, beside the table that it is read by."""

import re

from en16931.cii.binding import CII
from en16931.cii.sayable import sayable_in_cii
from en16931.cii.schema import CII_ORDER
from en16931.model import Identifier
from en16931.namespaces import NAMESPACES
from en16931.writing.formats import basic_day
from en16931.writing.schema import compile_schema
from en16931.writing.syntax import WrittenSyntax
from en16931.xml_reading import Syntax

# ISO 13616: country, check digits, and the account within the country.
_IBAN = re.compile(r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{11,30}")

_DAY = (("@format", "102"),)
_VAT = (("ram:TypeCode", "VAT"),)
_CONSTANTS = {
    "udt:DateTimeString": _DAY,
    "qdt:DateTimeString": _DAY,
    "udt:DateString": _DAY,
    "ram:ApplicableTradeTax": _VAT,
    "ram:CategoryTradeTax": _VAT,
    # CEN/TS 16931-3-3: what is neither a tender (BT-17) nor an object (BT-18) is a supporting document (BG-24).
    "ram:AdditionalReferencedDocument": (("ram:TypeCode", "916"),),
    # The schema requires a name beside the number (BT-11), and the semantic model has none.
    "ram:SpecifiedProcuringProject": (("ram:Name", "Project reference"),),
}

_REPEATED = {"ram:SpecifiedTradeSettlementPaymentMeans": ("ram:TypeCode",)}

# A rate stands between currencies, which must be named; a discount on a price below the gross price.
_DISPENSABLE = frozenset(
    {
        ("ram:ApplicableHeaderTradeSettlement", "ram:TaxApplicableTradeCurrencyExchange"),
        ("ram:SpecifiedLineTradeAgreement", "ram:GrossPriceProductTradePrice"),
    }
)


def _of_account(account: str) -> int:
    """Tells an IBAN (0) from the number that a bank gives an account (1)."""
    return 0 if _IBAN.fullmatch("".join(account.split())) else 1


def _scheme_first(identifier: Identifier) -> int:
    """Tells an identifier with a scheme (0) from one without (1)."""
    return 0 if identifier.scheme_id is not None else 1


def _scheme_last(identifier: Identifier) -> int:
    return 1 - _scheme_first(identifier)


WRITTEN_CII = WrittenSyntax(
    syntax=Syntax.CII,
    root="rsm:CrossIndustryInvoice",
    table=CII,
    schema=compile_schema(CII_ORDER, NAMESPACES[Syntax.CII]),
    namespaces=NAMESPACES[Syntax.CII],
    amounts=frozenset(),
    day=basic_day,
    constants=_CONSTANTS,
    repeated=_REPEATED,
    dispensable=_DISPENSABLE,
    choices={
        "account_identifier": _of_account,
        "identifier": _scheme_first,
        "deliver_to_location_identifier": _scheme_first,
        "identifiers": _scheme_last,
    },
    sayable=sayable_in_cii,
)
