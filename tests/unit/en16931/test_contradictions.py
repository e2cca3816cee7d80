"""A term that may stand once, and stands more than once."""

from datetime import date
from decimal import Decimal

import pytest
from unit.en16931.small_xml import cii, cii_settlement, read, reported, ubl

from en16931.hardened_xml import XmlLimits
from en16931.model import PostalAddress
from en16931.reader import read_xml
from en16931.xml_reading import XmlLimitExceeded


def test_different_texts_are_no_value_and_each_is_reported_with_its_place() -> None:
    reading = read(
        ubl(
            "<cac:PaymentMeans><cbc:PaymentID>A</cbc:PaymentID></cac:PaymentMeans>"
            "<cac:PaymentMeans><cbc:PaymentID>B</cbc:PaymentID></cac:PaymentMeans>"
        )
    )
    path = "payment_instructions.remittance_information"
    assert reported(reading) == [(path, "DECLARED_TWICE", "A"), (path, "DECLARED_TWICE", "B")]
    assert [each.place.xpath for each in reading.unreadable] == [
        "/ubl:Invoice/cac:PaymentMeans[1]/cbc:PaymentID",
        "/ubl:Invoice/cac:PaymentMeans[2]/cbc:PaymentID",
    ]
    payment = reading.content.payment_instructions
    assert payment is not None and payment.remittance_information is None
    assert path not in reading.places


def test_one_value_in_two_notations_is_no_contradiction() -> None:
    amounts = (
        "<cbc:PayableAmount>10.0</cbc:PayableAmount><cbc:PayableAmount>10.00</cbc:PayableAmount>"
    )
    reading = read(ubl(f"<cac:LegalMonetaryTotal>{amounts}</cac:LegalMonetaryTotal>"))
    assert not reading.unreadable
    assert reading.content.totals is not None
    assert str(reading.content.totals.amount_due) == "10.0"


def test_due_dates_in_both_places_are_held_against_each_other() -> None:
    means = "<cac:PaymentMeans><cbc:PaymentDueDate>{}</cbc:PaymentDueDate></cac:PaymentMeans>"
    body = "<cbc:DueDate>2026-04-04</cbc:DueDate>" + means
    same = read(ubl(body.format("2026-04-04")))
    assert same.content.payment_due_date == date(2026, 4, 4) and not same.unreadable
    other = read(ubl(body.format("2026-03-31")))
    assert other.content.payment_due_date is None
    assert [value for _, _, value in reported(other)] == [date(2026, 4, 4), date(2026, 3, 31)]


def test_of_two_groups_what_they_say_differently_is_a_contradiction_and_the_rest_stays() -> None:
    address = (
        "<cac:PostalAddress><cbc:StreetName>Hafenstr. 4</cbc:StreetName><cbc:CityName>{}</cbc:CityName>"
        "</cac:PostalAddress>"
    )
    body = "<cac:AccountingCustomerParty><cac:Party>{}</cac:Party></cac:AccountingCustomerParty>"
    reading = read(ubl(body.format(address.format("Hamburg") + address.format("Bremen"))))
    path = "buyer.postal_address.city"
    assert reported(reading) == [
        (path, "DECLARED_TWICE", "Hamburg"),
        (path, "DECLARED_TWICE", "Bremen"),
    ]
    assert reading.content.buyer is not None
    assert reading.content.buyer.postal_address == PostalAddress(line_1="Hafenstr. 4")
    assert set(reading.places) == {"buyer.postal_address.line_1"}


def test_a_group_that_says_nothing_contradicts_nothing() -> None:
    party = "<cac:Party/><cac:Party><cbc:EndpointID>1</cbc:EndpointID></cac:Party>"
    reading = read(ubl(f"<cac:AccountingCustomerParty>{party}</cac:AccountingCustomerParty>"))
    assert not reading.unreadable
    assert (
        reading.content.buyer is not None and reading.content.buyer.electronic_address is not None
    )
    assert reading.content.buyer.electronic_address.value == "1"


def test_texts_that_only_go_on_are_joined() -> None:
    terms = "<cac:PaymentTerms><cbc:Note>{}</cbc:Note></cac:PaymentTerms>"
    reading = read(ubl(terms.format("30 days") + terms.format("by transfer")))
    assert reading.content.payment_terms == "30 days\nby transfer"
    place = reading.places["payment_terms"]
    assert [part.raw_text for part in (place, *place.others)] == ["30 days", "by transfer"]


def test_more_groups_than_any_invoice_has_are_refused() -> None:
    party = "<cac:Party><cbc:EndpointID>1</cbc:EndpointID></cac:Party>" * 5
    document = ubl(f"<cac:AccountingCustomerParty>{party}</cac:AccountingCustomerParty>").encode()
    with pytest.raises(XmlLimitExceeded):
        read_xml(document, limits=XmlLimits(max_repetitions=4))


@pytest.mark.parametrize("indicator", ["", "<cbc:ChargeIndicator>fals</cbc:ChargeIndicator>"])
def test_an_amount_without_a_sign_is_told_and_counts_as_neither(indicator: str) -> None:
    reading = read(
        ubl(f"<cac:AllowanceCharge>{indicator}<cbc:Amount>7.00</cbc:Amount></cac:AllowanceCharge>")
    )
    assert reported(reading) == [("allowances[0].amount", "NO_INDICATOR", None)]
    assert reading.unreadable[0].place.raw_text == "7.00"
    [allowance] = reading.content.allowances
    assert allowance.amount is None and not reading.content.charges


def test_an_amount_without_a_sign_comes_after_the_allowances() -> None:
    charge = "<ram:SpecifiedTradeAllowanceCharge>{}<ram:ActualAmount>{}</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>"
    told = "<ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator>"
    reading = read(cii_settlement(charge.format("", "7.00") + charge.format(told, "5.00")))
    assert [each.amount for each in reading.content.allowances] == [Decimal("5.00"), None]
    assert reported(reading) == [("allowances[1].amount", "NO_INDICATOR", None)]


def test_taxes_of_another_scheme_are_read() -> None:
    scheme = "<cac:TaxScheme><cbc:ID>GST</cbc:ID></cac:TaxScheme>"
    category = f"<cbc:ID>S</cbc:ID><cbc:Percent>10</cbc:Percent>{scheme}"
    reading = read(
        ubl(
            "<cac:TaxTotal><cac:TaxSubtotal><cac:TaxCategory>"
            f"{category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
            "<cac:InvoiceLine><cac:Item><cac:ClassifiedTaxCategory>"
            f"{category}</cac:ClassifiedTaxCategory></cac:Item></cac:InvoiceLine>"
        )
    )
    [row], [line] = reading.content.vat_breakdown, reading.content.lines
    assert (row.category_code, row.rate) == ("S", Decimal(10))
    assert line.vat is not None and line.vat.rate == Decimal(10)


def test_vat_counts_before_a_tax_of_another_scheme() -> None:
    category = (
        "<cac:ClassifiedTaxCategory><cbc:ID>{}</cbc:ID><cbc:Percent>{}</cbc:Percent>"
        "<cac:TaxScheme><cbc:ID>{}</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>"
    )
    both = category.format("E", "3", "ECO") + category.format("S", "19", "VAT")
    reading = read(ubl(f"<cac:InvoiceLine><cac:Item>{both}</cac:Item></cac:InvoiceLine>"))
    [line] = reading.content.lines
    assert line.vat is not None and line.vat.rate == Decimal(19)
    assert not reading.unreadable


def _cii_tax(name: str, category: str, rate: str, scheme: str) -> str:
    return (
        f"<ram:{name}><ram:CalculatedAmount>{rate}</ram:CalculatedAmount><ram:TypeCode>{scheme}</ram:TypeCode>"
        f"<ram:CategoryCode>{category}</ram:CategoryCode>"
        f"<ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:{name}>"
    )


def _cii_line(taxes: str) -> str:
    return (
        "<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedLineTradeSettlement>"
        f"{taxes}</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"
    )


def test_taxes_of_another_scheme_are_read_of_cii_too() -> None:
    settlement = (
        _cii_tax("ApplicableTradeTax", "S", "10", "GST")
        + _cii_tax("ApplicableTradeTax", "S", "3", "LOC")
        + "<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator>"
        "</ram:ChargeIndicator><ram:ActualAmount>1</ram:ActualAmount>"
        + _cii_tax("CategoryTradeTax", "S", "10", "GST")
        + "</ram:SpecifiedTradeAllowanceCharge>"
    )
    line = _cii_line(_cii_tax("ApplicableTradeTax", "S", "10", "GST"))
    header = (
        f"<ram:ApplicableHeaderTradeSettlement>{settlement}</ram:ApplicableHeaderTradeSettlement>"
    )
    reading = read(cii(line + header))
    content = reading.content
    assert [row.tax_amount for row in content.vat_breakdown] == [Decimal(10), Decimal(3)]
    assert [allowance.vat_rate for allowance in content.allowances] == [Decimal(10)]
    assert content.lines[0].vat is not None and content.lines[0].vat.category_code == "S"
    assert reading.places["lines[0].vat.rate"].raw_text == "10"
    assert not reading.unreadable


def test_vat_counts_before_a_tax_of_another_scheme_in_cii_too() -> None:
    both = _cii_tax("ApplicableTradeTax", "E", "3", "ECO") + _cii_tax(
        "ApplicableTradeTax", "S", "19", "VAT"
    )
    reading = read(cii(_cii_line(both)))
    [line] = reading.content.lines
    assert line.vat is not None and line.vat.rate == Decimal(19)
    assert not reading.unreadable
