"""Judges an e-invoice by rule packs: what the official artefacts would say of it, with the sides and fields of each breach."""

from collections.abc import Iterator, Sequence

from en16931.cii.terms import BOUND_CII_TERMS
from en16931.finding import Finding
from en16931.hardened_xml import DEFAULT_XML_LIMITS, XmlElement, XmlLimits, parse_xml
from en16931.reader import syntax_of
from en16931.rules.cen_pack import CEN_PACK
from en16931.rules.e_invoice_pack import EInvoicePack
from en16931.rules.xrechnung.extension import REPLACED
from en16931.rules.xrechnung.pack import XRECHNUNG_PACK
from en16931.rules.xrechnung.specification import SPECIFICATIONS, is_extension
from en16931.terms.xml_group import BoundGroup, XmlGroup
from en16931.ubl.terms import BOUND_UBL_TERMS
from en16931.xml_reading import Syntax

_TERMS: dict[Syntax, BoundGroup] = {
    Syntax.UBL_INVOICE: BOUND_UBL_TERMS,
    Syntax.UBL_CREDIT_NOTE: BOUND_UBL_TERMS,
    Syntax.CII: BOUND_CII_TERMS,
}

ALL_PACKS: tuple[EInvoicePack, ...] = (CEN_PACK, XRECHNUNG_PACK)
_CEN_BESIDE_EXTENSION = CEN_PACK.without(REPLACED)


def stated_invoice(root: XmlElement) -> XmlGroup | None:
    """Returns the terms that the e-invoice states; None for a syntax that no rule speaks of, such as ZUGFeRD 1.

    Raises UnknownSyntax.
    """
    syntax = syntax_of(root)
    bound = _TERMS.get(syntax)
    return None if bound is None else XmlGroup(root, bound, syntax=syntax)


def packs_of(invoice: XmlGroup) -> Sequence[EInvoicePack]:
    """Returns the packs by which the invoice asks to be judged, as its specification (BT-24) says.

    The extension of XRechnung replaces some rules of the pack of CEN by its own.
    """
    if is_extension(invoice):
        return (_CEN_BESIDE_EXTENSION, XRECHNUNG_PACK)
    return ALL_PACKS if invoice.text("BT-24") in SPECIFICATIONS else (CEN_PACK,)


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
