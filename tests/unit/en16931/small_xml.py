"""E-invoices with a few elements, for tests of how one of them is read."""

from en16931.namespaces import NAMESPACES
from en16931.reader import read_xml
from en16931.xml_reading import Syntax, XmlReading

_CII = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES[Syntax.CII].items())
_UBL = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in NAMESPACES[Syntax.UBL_INVOICE].items()
    if prefix != "ubl"
)


def ubl(body: str, kind: str = "Invoice") -> str:
    namespace = f"urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
    return f'<{kind} xmlns="{namespace}" {_UBL}>{body}</{kind}>'


def cii(transaction: str) -> str:
    return (
        f"<rsm:CrossIndustryInvoice {_CII}><rsm:SupplyChainTradeTransaction>{transaction}"
        "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    )


def cii_settlement(settlement: str) -> str:
    return cii(
        f"<ram:ApplicableHeaderTradeSettlement>{settlement}</ram:ApplicableHeaderTradeSettlement>"
    )


def read(document: str) -> XmlReading:
    return read_xml(document.encode())


def reported(reading: XmlReading) -> list[tuple[str, str, object]]:
    """Returns field, reason and value of each node that gives no value."""
    return [(each.field_path, each.reason, each.value) for each in reading.unreadable]
