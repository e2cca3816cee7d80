"""Reads an e-invoice exactly: no model, no guess, and the place of every value."""

from collections.abc import Mapping
from functools import cache
from typing import cast

from en16931.binding.engine import BoundTable
from en16931.binding.path import XmlPath, compile_path
from en16931.binding.table import One
from en16931.cii.binding import CII
from en16931.cii.zugferd_1 import ZUGFERD_1
from en16931.hardened_xml import (
    DEFAULT_XML_LIMITS,
    NAME_SEPARATOR,
    XmlElement,
    XmlLimits,
    parse_xml,
)
from en16931.model import InvoiceContent
from en16931.namespaces import NAMESPACES
from en16931.ubl.binding import UBL_CREDIT_NOTE, UBL_INVOICE
from en16931.xml_reading import Syntax, UnknownSyntax, XmlReading

# Of each syntax: its root element, its table, and where it states BT-5 and BT-6, which say which VAT total is which.
_SYNTAXES: Mapping[Syntax, tuple[str, One, str, str]] = {
    Syntax.UBL_INVOICE: (
        "ubl:Invoice",
        UBL_INVOICE,
        "cbc:DocumentCurrencyCode",
        "cbc:TaxCurrencyCode",
    ),
    Syntax.UBL_CREDIT_NOTE: (
        "cn:CreditNote",
        UBL_CREDIT_NOTE,
        "cbc:DocumentCurrencyCode",
        "cbc:TaxCurrencyCode",
    ),
    Syntax.CII: (
        "rsm:CrossIndustryInvoice",
        CII,
        "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:InvoiceCurrencyCode",
        "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTradeSettlement/ram:TaxCurrencyCode",
    ),
    Syntax.ZUGFERD_1: (
        "rsm:CrossIndustryDocument",
        ZUGFERD_1,
        "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTradeSettlement/ram:InvoiceCurrencyCode",
        "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTradeSettlement/ram:TaxCurrencyCode",
    ),
}


def read_xml(data: bytes, *, limits: XmlLimits = DEFAULT_XML_LIMITS) -> XmlReading:
    """Returns the content of one e-invoice with the place of every leaf value of it.

    A value that is there but cannot be read is in `unreadable` and not in the content. Raises XmlReadingError as its
    tree says; whatever the bytes are, nothing else.
    """
    return read_tree(parse_xml(data, limits=limits), limits=limits)


def read_tree(root: XmlElement, *, limits: XmlLimits = DEFAULT_XML_LIMITS) -> XmlReading:
    """Returns what `read_xml` does, of a document that is parsed already. Raises XmlReadingError."""
    syntax = syntax_of(root)
    root_xpath = f"/{_SYNTAXES[syntax][0]}"
    content, places, unreadable = _bound_table(syntax).read(
        root, root_xpath, _currencies(syntax, root), limits
    )
    invoice = cast(InvoiceContent, content or InvoiceContent())
    return XmlReading(syntax, invoice, places, unreadable)


def syntax_of(root: XmlElement) -> Syntax:
    """Returns the syntax that has this root element. Raises UnknownSyntax."""
    syntax = _by_root().get(root.name)
    if syntax is None:
        raise UnknownSyntax("the root element is that of no e-invoice syntax that is read here")
    return syntax


@cache
def _by_root() -> Mapping[str, Syntax]:
    found = {}
    for syntax, (root, *_) in _SYNTAXES.items():
        prefix, local = root.split(":")
        found[f"{NAMESPACES[syntax][prefix]}{NAME_SEPARATOR}{local}"] = syntax
    return found


@cache
def _bound_table(syntax: Syntax) -> BoundTable:
    return BoundTable(_SYNTAXES[syntax][1], NAMESPACES[syntax])


def _currencies(syntax: Syntax, root: XmlElement) -> Mapping[str, str]:
    """Returns what `$currency` and `$accounting_currency` stand for in the paths of the table."""
    _, _, currency_path, accounting_path = _SYNTAXES[syntax]
    currency = _first_text(syntax, currency_path, root)
    accounting = _first_text(syntax, accounting_path, root)
    found = {} if currency is None else {"currency": currency}
    if accounting is not None and accounting != currency:
        found["accounting_currency"] = accounting
    return found


def _first_text(syntax: Syntax, path: str, root: XmlElement) -> str | None:
    node = _currency_path(syntax, path).first_text(root, "", {})
    return None if node is None else node.text.strip()


@cache
def _currency_path(syntax: Syntax, path: str) -> XmlPath:
    return compile_path(path, NAMESPACES[syntax])
