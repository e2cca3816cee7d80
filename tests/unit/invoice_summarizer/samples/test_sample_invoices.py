from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban
from stdnum.eu import vat as eu_vat
from stdnum.fr import siren
from stdnum.gb import vat as gb_vat

from en16931.field_path import leaves
from en16931.finding import Outcome
from en16931.model import InvoiceContent, InvoiceLine, LineVat, PriceDetails
from en16931.reader import read_xml
from en16931.rules.declared import Declared
from en16931.rules.sums import SUMS
from en16931.xml_reading import Syntax
from invoice_reading.limits import PdfLimits
from invoice_reading.page import Page, PdfPages
from invoice_reading.pages.engine import MuPdfEngine
from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.catalogue import SampleInvoice, sample_invoices
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.ubl_xml import ubl_xml
from invoice_summarizer.samples.wording import english_number, german_number

_SAMPLES = {sample.file_name: sample for sample in sample_invoices()}
_XML = {
    "nordlicht-cii.xml": Syntax.CII,
    "garonne-ubl.xml": Syntax.UBL_INVOICE,
    "garonne-credit-note.xml": Syntax.UBL_CREDIT_NOTE,
    "polderdruk-wrong-total.xml": Syntax.UBL_INVOICE,
}


def test_samples_are_the_same_each_time() -> None:
    assert {sample.file_name: sample for sample in sample_invoices()} == _SAMPLES


@pytest.mark.parametrize("name", sorted(_XML))
def test_xml_says_what_is_expected_of_it(name: str) -> None:
    sample = _SAMPLES[name]
    reading = read_xml(sample.data)
    assert reading.syntax is _XML[name]
    assert not reading.unreadable
    read = dict(leaves(reading.content))
    stated = dict(leaves(sample.expected))
    assert {path: read.get(path) for path in stated} == stated


@pytest.mark.parametrize("name", sorted(_SAMPLES))
def test_sums_close_where_they_are_said_to(name: str) -> None:
    sample = _SAMPLES[name]
    failed = [
        f.rule_id for f in SUMS.check(Declared(sample.expected)) if f.outcome is Outcome.FAILED
    ]
    assert failed == ([] if sample.sums_close else ["BR-CO-15"])


def test_exactly_one_sample_is_for_review() -> None:
    assert [name for name, sample in _SAMPLES.items() if not sample.sums_close] == [
        "polderdruk-wrong-total.xml"
    ]


@pytest.mark.parametrize("name", sorted(_SAMPLES))
def test_identifiers_and_accounts_have_valid_check_digits(name: str) -> None:
    content = _SAMPLES[name].expected
    assert content.seller and content.buyer and content.payment_instructions
    for transfer in content.payment_instructions.credit_transfers:
        assert iban.is_valid(transfer.account_identifier or "")
    for party in (content.seller, content.buyer):
        if party.vat_identifier is not None:
            check = gb_vat if party.vat_identifier.startswith("GB") else eu_vat
            assert check.is_valid(party.vat_identifier), party.name
        if party.legal_registration_identifier is not None:
            assert siren.is_valid(party.legal_registration_identifier.value or "")


def test_table_of_the_printed_sample_runs_over_two_pages() -> None:
    sample = _SAMPLES["fenwick-two-pages.pdf"]
    first, second = _pages(sample).pages
    carried = _after(first, "Carried", "forward")
    assert carried == _after(second, "Brought", "forward")
    rows = [line for line in sample.expected.lines if _has_item(first, line)]
    assert 0 < len(rows) < len(sample.expected.lines)
    assert Decimal(carried.replace(",", "")) == sum(line.net_amount or 0 for line in rows)


@pytest.mark.parametrize("name", ["fenwick-two-pages.pdf", "muehlbach-hybrid.pdf"])
def test_page_shows_every_figure(name: str) -> None:
    sample = _SAMPLES[name]
    content = _pages(sample)
    words = [word for page in content.pages for word in page.words]
    assert not any(word.hidden for word in words)
    texts = {word.text for word in words}
    number = english_number if name.startswith("fenwick") else german_number
    assert sample.expected.totals is not None
    shown = [
        sample.expected.totals.amount_without_vat,
        sample.expected.totals.amount_with_vat,
        *(row.tax_amount for row in sample.expected.vat_breakdown),
        *(line.net_amount for line in sample.expected.lines),
    ]
    assert {number(amount) for amount in shown if amount is not None} <= texts


def test_hybrid_sample_carries_its_xml() -> None:
    sample = _SAMPLES["muehlbach-hybrid.pdf"]
    [attachment] = _pages(sample).attachments
    assert (attachment.name, attachment.media_type) == ("factur-x.xml", "text/xml")
    assert attachment.data == cii_xml(sample.expected)


_LINES = st.lists(
    st.builds(
        lambda quantity, price, rate: InvoiceLine(
            identifier="1",
            invoiced_quantity=quantity,
            quantity_unit_code="C62",
            price=PriceDetails(net_price=price),
            vat=LineVat(category_code="S", rate=rate),
        ),
        st.decimals(0, 10_000, places=2),
        st.decimals(0, 10_000, places=3),
        st.sampled_from((Decimal("5.5"), Decimal("7"), Decimal("19"), Decimal("20"))),
    ),
    min_size=1,
    max_size=8,
)


@given(_LINES)
def test_amounts_of_any_lines_close(lines: list[InvoiceLine]) -> None:
    content = with_amounts(
        InvoiceContent(invoice_number="1", type_code="380", currency_code="EUR", lines=tuple(lines))
    )
    assert not [f for f in SUMS.check(Declared(content)) if f.outcome is Outcome.FAILED]
    for written in (cii_xml(content), ubl_xml(content)):
        assert read_xml(written).content.totals == content.totals


def _pages(sample: SampleInvoice) -> PdfPages:
    return MuPdfEngine()(sample.data, PdfLimits())


def _after(page: Page, *caption: str) -> str:
    texts = [word.text for word in page.words]
    [start] = [
        index
        for index in range(len(texts))
        if tuple(texts[index : index + len(caption)]) == caption
    ]
    return texts[start + len(caption)]


def _has_item(page: Page, line: InvoiceLine) -> bool:
    assert line.item is not None and line.item.name is not None
    return line.item.name in " ".join(word.text for word in page.words)
