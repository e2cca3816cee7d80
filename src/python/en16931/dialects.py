"""Which e-invoices are read: of each root element the syntax, its table, and where it states its currencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from en16931.binding.table import One
from en16931.cii.binding import CII
from en16931.cii.zugferd_1 import ZUGFERD_1
from en16931.fatturapa.binding import BODY, CURRENCY_PATH, FATTURAPA
from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.namespaces import NAMESPACES
from en16931.ubl.binding import UBL_CREDIT_NOTE, UBL_INVOICE
from en16931.xml_reading import Syntax, SyntaxNotRead, UnknownSyntax


@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """A syntax under one root element: its table, and where it states BT-5 and BT-6, which say which VAT total is which.

    Names of its paths that have no prefix have `prefix_of_bare_names` here. Where `invoice` is set, it is the name of an
    element that stands once for each invoice.
    """

    syntax: Syntax
    root: str
    table: One
    currency: str
    accounting_currency: str | None
    prefix_of_bare_names: str = ""
    invoice: str | None = None

    @property
    def invoice_step(self) -> str:
        """The name of that element as XPaths have it."""
        local = (self.invoice or "").rpartition(NAME_SEPARATOR)[2]
        return f"{self.prefix_of_bare_names}:{local}" if self.prefix_of_bare_names else local


_UBL_CURRENCIES = ("cbc:DocumentCurrencyCode", "cbc:TaxCurrencyCode")
_SETTLEMENT = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement"
_SETTLEMENT_OF_ZUGFERD_1 = (
    "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTradeSettlement"
)
_FATTURAPA_NAMESPACE = f"{NAMESPACES[Syntax.FATTURAPA]['p']}{NAME_SEPARATOR}"


def _fatturapa(root: str, body: str, prefix_of_bare_names: str = "") -> Dialect:
    return Dialect(
        Syntax.FATTURAPA, root, FATTURAPA, CURRENCY_PATH, None, prefix_of_bare_names, body
    )


_DIALECTS = (
    Dialect(Syntax.UBL_INVOICE, "ubl:Invoice", UBL_INVOICE, *_UBL_CURRENCIES),
    Dialect(Syntax.UBL_CREDIT_NOTE, "cn:CreditNote", UBL_CREDIT_NOTE, *_UBL_CURRENCIES),
    Dialect(
        Syntax.CII,
        "rsm:CrossIndustryInvoice",
        CII,
        f"{_SETTLEMENT}/ram:InvoiceCurrencyCode",
        f"{_SETTLEMENT}/ram:TaxCurrencyCode",
    ),
    Dialect(
        Syntax.ZUGFERD_1,
        "rsm:CrossIndustryDocument",
        ZUGFERD_1,
        f"{_SETTLEMENT_OF_ZUGFERD_1}/ram:InvoiceCurrencyCode",
        f"{_SETTLEMENT_OF_ZUGFERD_1}/ram:TaxCurrencyCode",
    ),
    _fatturapa("p:FatturaElettronica", BODY),
    _fatturapa("FatturaElettronica", BODY),
)
# FatturaPA has its root alone in its namespace; where it is the default one, all is in it.
_FATTURAPA_ALL_IN_NAMESPACE = _fatturapa(
    "p:FatturaElettronica", f"{_FATTURAPA_NAMESPACE}{BODY}", "p"
)
# By the names of root elements, whatever their namespace.
_NOT_READ = {
    "FatturaElettronicaSemplificata": "a simplified FatturaPA invoice, which is not read: "
    "ask for the ordinary one, FPR12",
    "FatturaElettronica": "FatturaPA of a version before 1.2, which is not read",
}


def dialect_of(root: XmlElement) -> Dialect:
    """Returns the dialect that has this root element. Raises UnknownSyntax, of which SyntaxNotRead is one."""
    dialect = _by_root().get(root.name)
    if dialect is None:
        local = root.name.rpartition(NAME_SEPARATOR)[2]
        if local in _NOT_READ:
            raise SyntaxNotRead(_NOT_READ[local])
        raise UnknownSyntax("the root element is that of no e-invoice syntax that is read here")
    everything = _FATTURAPA_ALL_IN_NAMESPACE
    if dialect.root == everything.root and everything.invoice in root.children:
        return everything
    return dialect


@cache
def _by_root() -> Mapping[str, Dialect]:
    found = {}
    for dialect in _DIALECTS:
        prefix, _, local = dialect.root.rpartition(":")
        namespace = f"{NAMESPACES[dialect.syntax][prefix]}{NAME_SEPARATOR}" if prefix else ""
        found[f"{namespace}{local}"] = dialect
    return found
