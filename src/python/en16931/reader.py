"""Reads an e-invoice exactly: no model, no guess, and the place of every value."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import cast

from en16931.binding.engine import BoundTable
from en16931.binding.path import XmlPath, compile_path
from en16931.dialects import Dialect, dialect_of
from en16931.discount_terms import with_discounts_of_terms
from en16931.envelope import payload_of
from en16931.hardened_xml import (
    DEFAULT_XML_LIMITS,
    ParsedXml,
    XmlElement,
    XmlLimits,
    parse_document,
)
from en16931.model import InvoiceContent
from en16931.namespaces import NAMESPACES
from en16931.several_invoices import at_position, roots_of
from en16931.xml_reading import SeveralInvoices, Syntax, XmlLimit, XmlLimitExceeded, XmlReading
from en16931.xml_remarks import remarks_on


def read_xml(data: bytes, *, limits: XmlLimits = DEFAULT_XML_LIMITS) -> XmlReading:
    """Returns the content of one e-invoice with the place of every leaf value of it.

    A value that is there but cannot be read is in `unreadable` and not in the content. Raises XmlReadingError as its
    tree says; whatever the bytes are, nothing else.
    """
    return read_document(parse_document(data, limits=limits), limits=limits)


def read_document(document: ParsedXml, *, limits: XmlLimits = DEFAULT_XML_LIMITS) -> XmlReading:
    """Returns what `read_xml` does, of a document that is parsed already. Raises XmlReadingError."""
    root, envelope = payload_of(document.root)
    dialect = dialect_of(root)
    if _invoices(dialect, root) > 1:
        raise SeveralInvoices("the file holds several invoices: each has to come in its own")
    return _read(document, root, envelope, dialect, limits)


def read_every(
    document: ParsedXml, *, limits: XmlLimits = DEFAULT_XML_LIMITS
) -> Iterator[XmlReading]:
    """Yields what `read_document` returns for each invoice in the file, in their order.

    The places lead into the file as it is. The limits hold for each invoice, and `max_invoices` for all. Raises
    XmlReadingError, but SeveralInvoices only for an envelope of several documents.
    """
    root, envelope = payload_of(document.root)
    dialect = dialect_of(root)
    invoices = _invoices(dialect, root)
    if invoices > limits.max_invoices:
        raise XmlLimitExceeded(XmlLimit.INVOICES, limits.max_invoices)
    if dialect.invoice is None or invoices < 2:
        yield _read(document, root, envelope, dialect, limits)
        return
    for part, only in enumerate(roots_of(root, dialect.invoice), start=1):
        reading = _read(document, only, envelope, dialect, limits)
        invoice = f"{envelope}/{dialect.root}/{dialect.invoice_step}"
        yield replace(at_position(reading, invoice, part), part=part, parts=invoices)


def invoices_in(document: ParsedXml) -> int:
    """Returns how many invoices the document holds. Raises XmlReadingError where it is none that is read here."""
    root, _ = payload_of(document.root)
    return _invoices(dialect_of(root), root)


def _invoices(dialect: Dialect, root: XmlElement) -> int:
    return 1 if dialect.invoice is None else len(root.children.get(dialect.invoice, ()))


def _read(
    document: ParsedXml, root: XmlElement, envelope: str, dialect: Dialect, limits: XmlLimits
) -> XmlReading:
    content, places, unreadable = _bound_table(dialect).read(
        root, f"{envelope}/{dialect.root}", _currencies(dialect, root), limits
    )
    invoice = cast(InvoiceContent, content or InvoiceContent())
    reading = XmlReading(dialect.syntax, invoice, places, unreadable)
    return replace(
        with_discounts_of_terms(reading), remarks=remarks_on(document, root, dialect.syntax)
    )


def syntax_of(root: XmlElement) -> Syntax:
    """Returns the syntax that has this root element. Raises UnknownSyntax."""
    return dialect_of(root).syntax


@cache
def _bound_table(dialect: Dialect) -> BoundTable:
    return BoundTable(dialect.table, NAMESPACES[dialect.syntax], dialect.prefix_of_bare_names)


def _currencies(dialect: Dialect, root: XmlElement) -> Mapping[str, str]:
    """Returns what `$currency` and `$accounting_currency` stand for in the paths of the table."""
    currency = _first_text(dialect, dialect.currency, root)
    accounting = _first_text(dialect, dialect.accounting_currency, root)
    found = {} if currency is None else {"currency": currency}
    if accounting is not None and accounting != currency:
        found["accounting_currency"] = accounting
    return found


def _first_text(dialect: Dialect, path: str | None, root: XmlElement) -> str | None:
    node = path and _compiled_path(dialect, path).first_text(root, "", {})
    return node.text.strip() if node else None


@cache
def _compiled_path(dialect: Dialect, path: str) -> XmlPath:
    return compile_path(path, NAMESPACES[dialect.syntax], dialect.prefix_of_bare_names)
