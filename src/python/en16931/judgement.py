"""Judges an e-invoice by rule packs: what the official artefacts would say of it, with the sides and fields of each breach."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import cache

from en16931.cii.terms import BOUND_CII_TERMS
from en16931.envelope import payload_of
from en16931.finding import Finding
from en16931.hardened_xml import (
    DEFAULT_XML_LIMITS,
    XmlElement,
    XmlLimits,
    parse_document,
    parse_xml,
)
from en16931.profiles import claims_en16931, is_xrechnung, is_xrechnung_extension
from en16931.reader import invoices_in, read_document, read_every, syntax_of
from en16931.rules.cen_pack import CEN_PACK
from en16931.rules.e_invoice_pack import EInvoicePack
from en16931.rules.xrechnung.extension import REPLACED
from en16931.rules.xrechnung.pack import XRECHNUNG_PACK
from en16931.terms.xml_group import BoundGroup, XmlGroup
from en16931.ubl.terms import BOUND_UBL_TERMS
from en16931.xml_reading import Syntax, XmlReading

_TERMS: dict[Syntax, BoundGroup] = {
    Syntax.UBL_INVOICE: BOUND_UBL_TERMS,
    Syntax.UBL_CREDIT_NOTE: BOUND_UBL_TERMS,
    Syntax.CII: BOUND_CII_TERMS,
}

MOST_PLACES = 20

ALL_PACKS: tuple[EInvoicePack, ...] = (CEN_PACK, XRECHNUNG_PACK)


def stated_invoice(root: XmlElement) -> XmlGroup | None:
    """Returns the terms that the e-invoice states; None for a syntax that no rule speaks of, such as ZUGFeRD 1.

    Raises UnknownSyntax.
    """
    root = payload_of(root).root
    syntax = syntax_of(root)
    bound = _TERMS.get(syntax)
    return None if bound is None else XmlGroup(root, bound, syntax=syntax)


def packs_of(invoice: XmlGroup) -> Sequence[EInvoicePack]:
    """Returns the packs by which the invoice asks to be judged, as its specification (BT-24) says.

    None where it does not say that it is an invoice of EN 16931, or says that it has no lines (MINIMUM, BASIC WL): the
    packs do not speak of these. Every version of XRechnung is judged by the pack that is here. The extension of XRechnung replaces some rules of the pack of CEN by its own.
    """
    return _packs(_usage(invoice))


class _Usage(Enum):
    """How an invoice says that it uses EN 16931."""

    CORE = auto()
    XRECHNUNG = auto()
    XRECHNUNG_EXTENSION = auto()
    NONE = auto()


def _usage(invoice: XmlGroup) -> _Usage:
    specification = invoice.text("BT-24")
    if is_xrechnung_extension(specification):
        return _Usage.XRECHNUNG_EXTENSION
    if is_xrechnung(specification):
        return _Usage.XRECHNUNG
    return _Usage.CORE if claims_en16931(specification) else _Usage.NONE


@cache
def _packs(usage: _Usage) -> tuple[EInvoicePack, ...]:
    match usage:
        case _Usage.NONE:
            return ()
        case _Usage.CORE:
            return (CEN_PACK,)
        case _Usage.XRECHNUNG:
            return (CEN_PACK, XRECHNUNG_PACK)
        case _Usage.XRECHNUNG_EXTENSION:
            return (CEN_PACK.without(REPLACED), XRECHNUNG_PACK)


def read_judged(data: bytes, *, limits: XmlLimits = DEFAULT_XML_LIMITS) -> XmlReading:
    """Returns the content of one e-invoice and the breaches of the rules that it asks to be judged by.

    Of the places at which one rule is broken, the first are reported: `MOST_PLACES`.
    Raises XmlReadingError.
    """
    document = parse_document(data, limits=limits)
    return _judged(document.root, read_document(document, limits=limits))


def read_every_judged(
    data: bytes, *, limits: XmlLimits = DEFAULT_XML_LIMITS
) -> Iterator[XmlReading]:
    """Yields the same for each invoice in the file. Raises XmlReadingError, as `read_every` does.

    Of a file with one invoice nothing is kept beside what is yielded: not the tree, which is larger than the file.
    """
    document = parse_document(data, limits=limits)
    if invoices_in(document) < 2:
        return iter((_judged(document.root, read_document(document, limits=limits)),))
    # No rule speaks of the one syntax that has several invoices in a file.
    return (_judged(document.root, each) for each in read_every(document, limits=limits))


def _judged(root: XmlElement, reading: XmlReading) -> XmlReading:
    invoice = stated_invoice(root)
    if invoice is None:
        return reading
    found = (finding for pack in packs_of(invoice) for finding in pack.broken(invoice))
    broken = tuple(first_places(found))
    # Groups know those above them, and those below: the tree would wait for the collector.
    invoice.memo.clear()
    return replace(reading, broken=broken)


def first_places(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yields the findings, of each rule the first `MOST_PLACES`: a long invoice can break one in every line."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.rule_id] += 1
        if seen[finding.rule_id] <= MOST_PLACES:
            yield finding


def broken_rules(
    document: bytes,
    packs: Sequence[EInvoicePack] | None = None,
    *,
    limits: XmlLimits = DEFAULT_XML_LIMITS,
) -> Iterator[Finding]:
    """Yields a FAILED finding for each breach of a rule of the packs; of those that the invoice asks for by default.

    Raises XmlReadingError where the bytes are no e-invoice.
    """
    invoice = stated_invoice(parse_xml(document, limits=limits))
    if invoice is None:
        return
    for pack in packs_of(invoice) if packs is None else packs:
        yield from pack.broken(invoice)
