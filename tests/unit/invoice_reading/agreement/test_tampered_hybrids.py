"""Of every hybrid of the data set each field is changed in the XML alone, and each that its pages print is flagged."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tampered_hybrids import content_of, embedded_xml, with_embedded_xml, with_value_in_xml
from tampered_values import tampered

from en16931.field_path import Leaf, value_at
from en16931.finding import Finding, Outcome
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from invoice_reading.agreement.rule_ids import CONTRADICTIONS
from invoice_reading.annotation import PageRegion, XmlNode
from invoice_reading.limits import PdfLimits
from invoice_reading.page import PdfPages
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from shared_data import shared_data

# How many fields the pages of each print, and which fields of its XML they do not.
PRINTED = {
    "facturx-cas-limites__facture": 27,
    "invoice2data__AzureInterior": 46,
    "zugferd-corpus__Facture_DOM_BASICWL": 25,
    "zugferd-corpus__Facture_FR_BASICWL": 29,
    "zugferd-corpus__MustangGnuaccountingBeispielRE-20170509_505": 41,
    "zugferd-corpus__ZUGFeRD_1p0_BASIC_Einfach": 30,
    "zugferd-corpus__ZUGFeRD_1p0_EXTENDED_Kostenrechnung": 52,
    "zugferd-corpus__zugferd_2p0_BASIC_Einfach": 33,
    "zugferd-corpus__zugferd_2p0_EN16931_Physiotherapeut": 37,
    "zugferd-corpus__zugferd_2p0_EXTENDED_InnergemeinschLieferungMehrereBestellungen": 51,
}
_COUNTRIES = {"seller.postal_address.country_code", "buyer.postal_address.country_code"}
NOT_PRINTED = {
    "facturx-cas-limites__facture": {
        *_COUNTRIES,
        "delivery.actual_delivery_date",
        "seller.vat_identifier",
        "vat_breakdown[0].rate",
        "lines[0].price.net_price",
        "lines[1].price.net_price",
        "lines[0].quantity_unit_code",
        "lines[1].quantity_unit_code",
    },
    "invoice2data__AzureInterior": {"totals.paid_amount", "lines[4].price.net_price"},
    "zugferd-corpus__Facture_DOM_BASICWL": _COUNTRIES,
    "zugferd-corpus__Facture_FR_BASICWL": {"seller.postal_address.country_code"},
    "zugferd-corpus__MustangGnuaccountingBeispielRE-20170509_505": {
        *_COUNTRIES,
        "buyer.vat_identifier",
        "totals.allowance_amount",
        "totals.charge_amount",
        "lines[0].quantity_unit_code",
        "lines[1].quantity_unit_code",
        "lines[2].quantity_unit_code",
    },
    "zugferd-corpus__ZUGFeRD_1p0_BASIC_Einfach": {
        "totals.allowance_amount",
        "totals.charge_amount",
    },
    "zugferd-corpus__ZUGFeRD_1p0_EXTENDED_Kostenrechnung": {
        *_COUNTRIES,
        "delivery.deliver_to_address.country_code",
        "totals.paid_amount",
    },
}
HYBRIDS = tuple(PRINTED)


def hybrid(name: str) -> bytes:
    folder: Path = shared_data() / "invoices" / "pdf-facturx"
    return (folder / f"{name}.pdf").read_bytes()


def paths(pages: PdfPages, pdf: bytes, verdict: Verdict) -> set[str]:
    found = compare(content_of(pdf), pages.pages)
    return {each.path for each in found if each.verdict is verdict}


def tampered_readings(name: str, of: set[str]) -> Iterator[tuple[str, Reading]]:
    """Yields each field, and the reading of the hybrid with this one changed in its XML."""
    pdf = hybrid(name)
    pages, xml, content = MuPdfEngine()(pdf, PdfLimits()), embedded_xml(pdf), content_of(pdf)
    [attachment] = pages.attachments
    annotations = read(pdf, "", Stages(pdf_engine=MuPdfEngine())).annotations
    for path in sorted(of):
        value = value_at(content, path)
        raw_text = annotations[path].raw_text
        assert raw_text is not None and isinstance(value, Leaf)
        data = with_value_in_xml(xml, path, raw_text, tampered(path, value))
        changed = replace(pages, attachments=(replace(attachment, data=data),))
        yield path, read(pdf, "", Stages(pdf_engine=lambda _, __, known=changed: known))


def of_page(findings: Sequence[Finding], path: str) -> list[Finding]:
    return [
        found
        for found in findings
        if found.rule_id in CONTRADICTIONS and found.field_paths == (path,)
    ]


@pytest.mark.parametrize("name", HYBRIDS)
def test_sound_hybrid_is_not_flagged(name: str) -> None:
    pdf = hybrid(name)
    pages = MuPdfEngine()(pdf, PdfLimits())
    assert paths(pages, pdf, Verdict.DISAGREES) == set()
    assert len(paths(pages, pdf, Verdict.AGREES)) == PRINTED[name]
    assert paths(pages, pdf, Verdict.NOT_PRINTED) == NOT_PRINTED.get(name, set())
    reasons = {
        str(reason) for reason in read(pdf, "", Stages(pdf_engine=MuPdfEngine())).review_reasons
    }
    assert not {f"RULE_FAILED:{rule}" for rule in CONTRADICTIONS} & reasons


@pytest.mark.parametrize("name", HYBRIDS)
def test_each_printed_field_that_is_changed_in_the_xml_alone_is_flagged(name: str) -> None:
    pdf = hybrid(name)
    printed = paths(MuPdfEngine()(pdf, PdfLimits()), pdf, Verdict.AGREES) - {"lines"}
    missed = []
    for path, reading in tampered_readings(name, printed):
        told = {reason.subject for reason in reading.review_reasons}
        outcomes = [found.outcome for found in of_page(reading.findings, path)]
        if outcomes != [Outcome.FAILED] or not told & CONTRADICTIONS:
            missed.append(path)
    assert missed == []


@pytest.mark.parametrize("name", NOT_PRINTED)
def test_field_that_the_pages_do_not_print_is_told_as_such(name: str) -> None:
    for path, reading in tampered_readings(name, NOT_PRINTED[name]):
        [found] = of_page(reading.findings, path)
        assert found.outcome is Outcome.NOT_APPLICABLE, path
        assert "print neither" in found.message


def test_disagreement_has_its_place_in_the_xml_and_on_the_page() -> None:
    name = "zugferd-corpus__ZUGFeRD_1p0_BASIC_Einfach"
    account = "payment_instructions.credit_transfers[0].account_identifier"
    [(_, reading)] = tampered_readings(name, {account})
    in_xml, on_page = reading.annotations[account].candidates
    [node], [region] = in_xml.evidence, on_page.evidence
    assert isinstance(node, XmlNode) and node.line > 0 and node.attachment_sha256
    assert isinstance(region, PageRegion)
    assert (in_xml.value, on_page.value) == (
        "FR7630006000011234567890189",
        "DE08700901001234567890",
    )
    assert "7009 0100" in region.text


@pytest.mark.parametrize("name", HYBRIDS)
def test_change_of_the_bytes_inside_the_pdf_is_flagged(name: str) -> None:
    pdf = hybrid(name)
    xml, content = embedded_xml(pdf), content_of(pdf)
    assert content.seller is not None and content.seller.name is not None
    raw_text = read(pdf, "", Stages(pdf_engine=MuPdfEngine())).annotations["seller.name"].raw_text
    assert raw_text is not None
    changed = with_value_in_xml(xml, "seller.name", raw_text, "Fremde Firma GmbH")
    reading = read(with_embedded_xml(pdf, changed), "", Stages(pdf_engine=MuPdfEngine()))
    assert "PAGE-XML-05" in {reason.subject for reason in reading.review_reasons}
