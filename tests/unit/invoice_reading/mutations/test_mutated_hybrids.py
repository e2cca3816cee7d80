"""PDFs whose XML is changed by its structure are read, whatever it holds, and held against their pages."""

from dataclasses import replace

import pytest
from tampered_hybrids import embedded_xml
from xml_mutations import Mutations

from invoice_reading.limits import PdfLimits
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.stages import Stages
from shared_data import shared_data

OF_EACH = 30
HYBRIDS = (
    "invoice2data__AzureInterior",
    "zugferd-corpus__Facture_FR_BASICWL",
    "zugferd-corpus__ZUGFeRD_1p0_EXTENDED_Kostenrechnung",
    "zugferd-corpus__zugferd_2p0_EXTENDED_InnergemeinschLieferungMehrereBestellungen",
)


@pytest.mark.parametrize("name", HYBRIDS)
def test_hybrid_with_changed_xml_is_read(name: str) -> None:
    pdf = (shared_data() / "invoices" / "pdf-facturx" / f"{name}.pdf").read_bytes()
    pages = MuPdfEngine()(pdf, PdfLimits())
    [attachment] = pages.attachments
    compared = 0
    for data in Mutations([embedded_xml(pdf)]).of(HYBRIDS.index(name), OF_EACH):
        changed = replace(pages, attachments=(replace(attachment, data=data),))
        reading = read(pdf, "", Stages(pdf_engine=lambda _, __, known=changed: known))
        compared += any(found.rule_id.startswith("PAGE-XML-") for found in reading.findings)
    # Of some the XML is broken: these are read from their pages.
    assert OF_EACH // 2 < compared <= OF_EACH
