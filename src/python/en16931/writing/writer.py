"""Writes the content of an invoice as an e-invoice, and tells what of it the e-invoice does not say."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import msgspec

from en16931.binding.table import ACCOUNTING_CURRENCY, CURRENCY
from en16931.cii.writing import WRITTEN_CII
from en16931.credit_notes import is_credit_note
from en16931.hardened_xml import DEFAULT_XML_LIMITS
from en16931.model import InvoiceContent
from en16931.reader import read_xml
from en16931.ubl.writing import WRITTEN_CREDIT_NOTE, WRITTEN_INVOICE
from en16931.writing.arranged import with_given_documents, without_empty_items
from en16931.writing.differences import left_out, places_of
from en16931.writing.document import document
from en16931.writing.engine import TreeWriter, new_element
from en16931.writing.finishing import Finisher, compile_finisher, fill_required
from en16931.writing.formats import Attachments, formats, is_xml_text
from en16931.writing.members import MadeGroup, compile_members
from en16931.writing.schema import expanded
from en16931.writing.syntax import WrittenSyntax
from en16931.writing.written import BeyondReading, WithoutCurrency, WrittenInvoice
from en16931.xml_reading import Syntax, XmlLimitExceeded

_NO_ATTACHMENTS: Attachments = MappingProxyType({})


def write_ubl(
    content: InvoiceContent, attachments: Attachments = _NO_ATTACHMENTS
) -> WrittenInvoice:
    """Returns the content as UBL 2.1: a CreditNote where it is a credit note, else an Invoice.

    `attachments` are the bytes of attached documents by their SHA-256. Raises CannotBeWritten as its tree says.
    """
    syntax = WRITTEN_CREDIT_NOTE if is_credit_note(content) else WRITTEN_INVOICE
    return _write(content, syntax, attachments)


def write_cii(
    content: InvoiceContent, attachments: Attachments = _NO_ATTACHMENTS
) -> WrittenInvoice:
    """Returns the content as UN/CEFACT CII (D16B), as `write_ubl` does."""
    return _write(content, WRITTEN_CII, attachments)


def _write(
    content: InvoiceContent, syntax: WrittenSyntax, attachments: Attachments
) -> WrittenInvoice:
    currencies = _currencies(content)
    compiled = _compiled(syntax.syntax)
    root = new_element(expanded(syntax.root, syntax.namespaces))
    writer = TreeWriter(
        syntax.schema,
        currencies,
        formats(syntax.day, attachments),
        frozenset(expanded(name, syntax.namespaces) for name in syntax.amounts),
    )
    given = with_given_documents(content, attachments)
    writer.group(compiled.members, syntax.sayable(without_empty_items(given)), root)
    compiled.finisher.finish(writer, root)
    missing = tuple(fill_required(writer, root, f"/{syntax.root}"))
    xml = document(root, syntax.root, syntax.namespaces, syntax.schema)
    if len(xml) > DEFAULT_XML_LIMITS.max_bytes:
        raise BeyondReading
    read = _read_back(xml)
    return WrittenInvoice(
        syntax.syntax, xml, tuple(left_out(content, read, compiled.places)), missing
    )


def _read_back(xml: bytes) -> InvoiceContent:
    try:
        return read_xml(xml).content
    except XmlLimitExceeded:
        raise BeyondReading from None


class _Compiled(msgspec.Struct, frozen=True):
    members: MadeGroup
    finisher: Finisher
    places: frozenset[str]


@cache
def _compiled(syntax: Syntax) -> _Compiled:
    written = next(
        each
        for each in (WRITTEN_INVOICE, WRITTEN_CREDIT_NOTE, WRITTEN_CII)
        if each.syntax is syntax
    )
    return _Compiled(compile_members(written), compile_finisher(written), places_of(written.table))


def _currencies(content: InvoiceContent) -> Mapping[str, str]:
    """Returns what the paths of the tables call the currencies, as the reader has it. Raises WithoutCurrency."""
    currency = _code(content.currency_code)
    accounting = _code(content.vat_accounting_currency_code)
    if not currency:
        raise WithoutCurrency
    if not accounting or accounting == currency:
        return {CURRENCY: currency}
    return {CURRENCY: currency, ACCOUNTING_CURRENCY: accounting}


def _code(text: str | None) -> str:
    return text.strip() if text is not None and is_xml_text(text) else ""
