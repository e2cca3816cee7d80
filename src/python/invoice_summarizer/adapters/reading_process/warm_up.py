"""What is loaded late by nature is loaded before it can no longer be: tables, locale data, codecs, modules."""

import codecs
import encodings
import pkgutil
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.machinery import BuiltinImporter, FrozenImporter

from en16931.namespaces import NAMESPACES
from en16931.xml_reading import Syntax
from invoice_reading.read import read
from invoice_reading.stages import PdfEngine, Stages

_ROOTS = {
    Syntax.UBL_INVOICE: "ubl:Invoice",
    Syntax.UBL_CREDIT_NOTE: "cn:CreditNote",
    Syntax.CII: "rsm:CrossIndustryInvoice",
    Syntax.ZUGFERD_1: "rsm:CrossIndustryDocument",
    Syntax.FATTURAPA: "p:FatturaElettronica",
}


def warm_up(made_document: Callable[[Sequence[bytes]], bytes], engine: PdfEngine) -> None:
    """Every kind of document has gone through every stage, so that whatever they load late is there.

    `made_document` makes a PDF with these files inside, whose page has what a page of an invoice can have.
    """
    _load_codecs()
    stages = Stages(pdf_engine=engine)
    invoices = [_empty_invoice(syntax) for syntax in Syntax]
    for document in (made_document(()), made_document(invoices), *invoices):
        read(document, "", stages)


def import_nothing_more() -> None:
    """A module that is not there yet is not found, without a look at files that cannot be opened any more.

    A document can ask for one, by the name of an encoding.
    """
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter]


def _load_codecs() -> None:
    """XML names its encoding, and Python loads one when it is first asked for."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(LookupError):  # some are of other systems, or no encodings of text
            codecs.lookup(module.name)


def _empty_invoice(syntax: Syntax) -> bytes:
    prefix, name = _ROOTS[syntax].split(":")
    return f'<{prefix}:{name} xmlns:{prefix}="{NAMESPACES[syntax][prefix]}"/>'.encode()
