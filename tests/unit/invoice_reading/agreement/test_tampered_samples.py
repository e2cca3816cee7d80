"""Of the samples with their pages each field is changed in the XML alone, and on the page alone: all are flagged."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from tampered_values import tampered

from en16931.field_path import Leaf, replaced, value_at
from en16931.finding import Outcome, Severity
from en16931.model import InvoiceContent
from invoice_reading.agreement.compare import compare
from invoice_reading.agreement.comparison import Verdict
from invoice_reading.agreement.rule_ids import CONTRADICTIONS
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Page
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.stages import Stages
from invoice_summarizer.samples.catalogue import sample_invoices
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.hybrid import with_invoice_xml
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.ubl_xml import ubl_xml
from invoice_summarizer.samples.wording import ENGLISH, GERMAN

SAMPLES = {
    sample.file_name.partition(".")[0]: sample.expected
    for sample in sample_invoices()
    if sample.sums_close
}
WORDINGS = {
    "nordlicht-cii": GERMAN,
    "garonne-ubl": ENGLISH,
    "fenwick-two-pages": ENGLISH,
    "muehlbach-hybrid": GERMAN,
    "garonne-credit-note": ENGLISH,
}
_ACCOUNT = "payment_instructions.credit_transfers[0]"
# How many fields the pages print, and which fields they do not. Those of the third table are printed as others are,
# and have no place of their own: the net total is the sum of the lines.
PRINTED = {
    "nordlicht-cii": 42,
    "garonne-ubl": 36,
    "fenwick-two-pages": 120,
    "muehlbach-hybrid": 40,
    "garonne-credit-note": 27,
}
_COUNTRIES = {"seller.postal_address.country_code", "buyer.postal_address.country_code"}
NOT_PRINTED: dict[str, set[str]] = {
    "nordlicht-cii": {
        "buyer.vat_identifier",
        f"{_ACCOUNT}.account_name",
        "totals.line_net_amount",
        "totals.allowance_amount",
        "totals.vat_amount",
        "vat_breakdown[0].taxable_amount",
        "vat_breakdown[1].taxable_amount",
    },
    "garonne-ubl": {
        "buyer.vat_identifier",
        f"{_ACCOUNT}.account_name",
        "totals.vat_amount",
        "vat_breakdown[0].taxable_amount",
        "vat_breakdown[1].taxable_amount",
    },
    "fenwick-two-pages": {f"{_ACCOUNT}.account_name"},
    "muehlbach-hybrid": {
        "buyer.vat_identifier",
        f"{_ACCOUNT}.account_name",
        "totals.vat_amount",
        "vat_breakdown[0].taxable_amount",
        "vat_breakdown[1].taxable_amount",
    },
    "garonne-credit-note": {
        "buyer.vat_identifier",
        f"{_ACCOUNT}.account_name",
    },
}
WITHOUT_PLACE = {
    "nordlicht-cii": set[str](),
    "garonne-ubl": {"totals.line_net_amount"},
    "fenwick-two-pages": {
        "totals.line_net_amount",
        "totals.vat_amount",
        "vat_breakdown[0].taxable_amount",
    },
    "muehlbach-hybrid": {"totals.line_net_amount"},
    "garonne-credit-note": {
        "totals.line_net_amount",
        "totals.vat_amount",
        "vat_breakdown[0].taxable_amount",
    },
}


def pages_of(name: str, content: InvoiceContent) -> tuple[Page, ...]:
    """Returns the pages; their title says the type, and nothing else on them does."""
    wording = WORDINGS[name]
    if content.type_code == "381":
        title = "CREDIT NOTE" if wording is ENGLISH else "STORNORECHNUNG"
        wording = replace(wording, title=title, invoice_number="Document number")
    return MuPdfEngine()(printed(content, wording), PdfLimits()).pages


def verdicts(content: InvoiceContent, pages: Sequence[Page]) -> dict[str, Verdict]:
    return {each.path: each.verdict for each in compare(content, pages)}


def paths(name: str, verdict: Verdict) -> set[str]:
    found = verdicts(SAMPLES[name], pages_of(name, SAMPLES[name]))
    return {path for path, each in found.items() if each is verdict}


def units(name: str) -> set[str]:
    """Returns the units of the quantities, which these pages do not print."""
    return {f"lines[{at}].quantity_unit_code" for at in range(len(SAMPLES[name].lines))}


def changed(content: InvoiceContent, path: str) -> InvoiceContent:
    value = value_at(content, path)
    assert isinstance(value, Leaf)
    return replaced(content, path, tampered(path, value))


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_not_flagged(name: str) -> None:
    assert paths(name, Verdict.DISAGREES) == set()
    assert paths(name, Verdict.NOT_PRINTED) == NOT_PRINTED[name] | _COUNTRIES | units(name)
    assert len(paths(name, Verdict.AGREES)) == PRINTED[name]


@pytest.mark.parametrize("name", SAMPLES)
def test_each_printed_field_that_is_changed_in_the_xml_alone_is_flagged(name: str) -> None:
    content = SAMPLES[name]
    pages = pages_of(name, content)
    missed = [
        path
        for path in sorted(paths(name, Verdict.AGREES) - {"lines"})
        if verdicts(changed(content, path), pages)[path] is not Verdict.DISAGREES
    ]
    assert missed == []


@pytest.mark.parametrize("name", SAMPLES)
def test_each_printed_field_that_is_changed_on_the_page_alone_is_flagged(name: str) -> None:
    content = SAMPLES[name]
    pages = pages_of(name, content)
    missed, same = [], set()
    for path in sorted(paths(name, Verdict.AGREES) - {"lines"}):
        others = pages_of(name, changed(content, path))
        if others == pages:
            same.add(path)
        elif verdicts(content, others)[path] is not Verdict.DISAGREES:
            missed.append(path)
    assert missed == []
    assert same == WITHOUT_PLACE[name]


@pytest.mark.parametrize("to_xml", [cii_xml, ubl_xml])
@pytest.mark.parametrize("path", ["seller.name", f"{_ACCOUNT}.account_identifier", "type_code"])
def test_document_that_says_two_things_waits_for_a_person(
    path: str, to_xml: Callable[[InvoiceContent], bytes]
) -> None:
    content = SAMPLES["muehlbach-hybrid"]
    page, sound = printed(content, GERMAN), to_xml(content)
    stages = Stages(pdf_engine=MuPdfEngine())
    assert read(with_invoice_xml(page, sound), "", stages).review_reasons == ()
    for document in (
        with_invoice_xml(page, to_xml(changed(content, path))),
        with_invoice_xml(printed_as(changed(content, path)), sound),
    ):
        reading = read(document, "", stages)
        failed = {
            found.field_paths
            for found in reading.findings
            if found.outcome is Outcome.FAILED and found.severity is not Severity.INFORMATION
        }
        assert failed == {(path,)}
        assert {reason.subject for reason in reading.review_reasons} <= CONTRADICTIONS


def printed_as(content: InvoiceContent) -> bytes:
    title = "STORNORECHNUNG" if content.type_code == "381" else GERMAN.title
    number = "Beleg Nr." if content.type_code == "381" else GERMAN.invoice_number
    return printed(content, replace(GERMAN, title=title, invoice_number=number))
