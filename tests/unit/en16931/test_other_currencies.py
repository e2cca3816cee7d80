"""Amounts in a currency other than that of the invoice (BT-5) are no values of it."""

from decimal import Decimal

import pytest

from en16931.finding import Outcome
from en16931.model import DocumentTotals
from en16931.reader import read_xml
from en16931.rules.declared import Declared
from en16931.rules.sums import SUMS
from en16931.xml_reading import XmlReading

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII = "urn:un:unece:uncefact:data:standard:"


def _ubl(body: str) -> XmlReading:
    return read_xml(
        f'<Invoice xmlns="{_UBL}Invoice-2" xmlns:cac="{_UBL}CommonAggregateComponents-2" '
        f'xmlns:cbc="{_UBL}CommonBasicComponents-2">{body}</Invoice>'.encode()
    )


def _cii(settlement: str) -> XmlReading:
    return read_xml(
        f'<rsm:CrossIndustryInvoice xmlns:rsm="{_CII}CrossIndustryInvoice:100" '
        f'xmlns:ram="{_CII}ReusableAggregateBusinessInformationEntity:100">'
        "<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeSettlement>"
        f"{settlement}</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction>"
        "</rsm:CrossIndustryInvoice>".encode()
    )


def _reasons(reading: XmlReading) -> dict[str, str]:
    return {one.field_path: one.reason for one in reading.unreadable}


def _totals(reading: XmlReading) -> DocumentTotals:
    return reading.content.totals or DocumentTotals()


_EUR = "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"


def test_total_in_another_currency_is_unreadable_and_no_value() -> None:
    reading = _ubl(
        f"{_EUR}<cac:LegalMonetaryTotal>"
        '<cbc:TaxExclusiveAmount currencyID="EUR">8.00</cbc:TaxExclusiveAmount>'
        '<cbc:PayableAmount currencyID="USD">10.00</cbc:PayableAmount></cac:LegalMonetaryTotal>'
    )
    assert _reasons(reading) == {"totals.amount_due": "OTHER_CURRENCY"}
    assert _totals(reading) == DocumentTotals(amount_without_vat=Decimal("8.00"))
    assert "totals.amount_due" not in reading.places


def test_prices_and_amounts_of_a_line_in_another_currency_are_unreadable() -> None:
    reading = _ubl(
        f"{_EUR}<cac:InvoiceLine>"
        '<cbc:LineExtensionAmount currencyID="USD">3</cbc:LineExtensionAmount>'
        '<cac:Price><cbc:PriceAmount currencyID="USD">3</cbc:PriceAmount><cac:AllowanceCharge>'
        "<cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        '<cbc:Amount currencyID="USD">1</cbc:Amount><cbc:BaseAmount currencyID="USD">4</cbc:BaseAmount>'
        "</cac:AllowanceCharge></cac:Price></cac:InvoiceLine>"
    )
    assert _reasons(reading) == {
        f"lines[0].{name}": "OTHER_CURRENCY"
        for name in ("net_amount", "price.net_price", "price.discount", "price.gross_price")
    }


@pytest.mark.parametrize(
    "attribute", ["", ' currencyID=" "', ' currencyID="EUR"', ' currencyID=" eur"']
)
def test_amount_in_the_currency_or_without_one_is_a_value(attribute: str) -> None:
    reading = _ubl(
        f"{_EUR}<cac:LegalMonetaryTotal><cbc:PayableAmount{attribute}>10.00</cbc:PayableAmount>"
        "</cac:LegalMonetaryTotal>"
    )
    assert _totals(reading).amount_due == Decimal("10.00")
    assert reading.unreadable == ()


def test_vat_total_in_the_accounting_currency_is_a_value_of_its_own() -> None:
    reading = _ubl(
        f"{_EUR}<cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>"
        '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">20.00</cbc:TaxAmount></cac:TaxTotal>'
    )
    assert _totals(reading) == DocumentTotals(vat_amount_in_accounting_currency=Decimal("20.00"))
    assert reading.unreadable == ()


def test_only_vat_total_in_a_currency_that_is_neither_is_unreadable() -> None:
    reading = _ubl(
        f'{_EUR}<cac:TaxTotal><cbc:TaxAmount currencyID="USD">2.00</cbc:TaxAmount></cac:TaxTotal>'
    )
    assert _reasons(reading) == {"totals.vat_amount": "OTHER_CURRENCY"}
    unread = [one.field_path for one in reading.unreadable]
    findings = {one.rule_id: one for one in SUMS.check(Declared(reading.content, unread))}
    assert findings["BR-CO-14"].outcome is Outcome.NOT_DECIDABLE


def test_total_stated_in_two_currencies_is_that_in_the_currency_of_the_invoice() -> None:
    reading = _cii(
        "<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>"
        "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
        '<ram:GrandTotalAmount currencyID="USD">11.00</ram:GrandTotalAmount>'
        '<ram:GrandTotalAmount currencyID="EUR">10.00</ram:GrandTotalAmount>'
        '<ram:DuePayableAmount currencyID="USD">11.00</ram:DuePayableAmount>'
        "</ram:SpecifiedTradeSettlementHeaderMonetarySummation>"
    )
    assert _totals(reading).amount_with_vat == Decimal("10.00")
    assert _reasons(reading) == {"totals.amount_due": "OTHER_CURRENCY"}
