"""Where the official artefacts look and how they compare, beyond what the texts of their rules say.

Each case is a small invoice with one thing changed, and the rules that the artefacts 1.3.16 then report as broken.
"""

import pytest
from small_cii_invoice import cii_invoice

from en16931.judgement import broken_rules
from en16931.rules.cen_pack import CEN_PACK
from small_invoice import ubl_invoice

_VAT = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
_ADDRESS = (
    "<cac:PostalAddress><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode>"
    "</cac:Country></cac:PostalAddress>"
)
_TAXED = f"<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>{_VAT}</cac:ClassifiedTaxCategory>"


def _ubl() -> bytes:
    """Returns an invoice in UBL that breaks no rule."""
    scheme = (
        f"<cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID>{_VAT}</cac:PartyTaxScheme>"
    )
    document = ubl_invoice().decode()
    for before, after in (
        (
            "<cbc:ID>R-1",
            "<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>R-1",
        ),
        (
            "<cac:PartyLegalEntity><cbc:RegistrationName>N",
            f"{_ADDRESS}{scheme}<cac:PartyLegalEntity><cbc:RegistrationName>N",
        ),
        (
            "<cac:PartyLegalEntity><cbc:RegistrationName>C",
            f"{_ADDRESS}<cac:PartyLegalEntity><cbc:RegistrationName>C",
        ),
        ("</cac:TaxCategory>", f"{_VAT}</cac:TaxCategory>"),
        ("</cac:Item>", f"{_TAXED}</cac:Item>"),
    ):
        assert before in document
        document = document.replace(before, after)
    return document.encode()


def _allowance(indicator: str, code: str, rate: str, amount: str = "0.00") -> str:
    return (
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{indicator}</cbc:ChargeIndicator>"
        "<cbc:AllowanceChargeReason>x</cbc:AllowanceChargeReason>"
        f'<cbc:Amount currencyID="EUR">{amount}</cbc:Amount><cac:TaxCategory><cbc:ID>{code}</cbc:ID>'
        f"<cbc:Percent>{rate}</cbc:Percent>{_VAT}</cac:TaxCategory></cac:AllowanceCharge>"
    )


def _change_of_line(indicator: str, tax: str) -> str:
    return (
        "<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator>"
        f"<udt:Indicator>{indicator}</udt:Indicator></ram:ChargeIndicator>"
        f"<ram:ActualAmount>0.00</ram:ActualAmount><ram:Reason>x</ram:Reason>{tax}"
        "</ram:SpecifiedTradeAllowanceCharge>"
    )


_LINE_SUM = "<ram:SpecifiedTradeSettlementLineMonetarySummation>"
_ROW = "<ram:CalculatedAmount>20.90</ram:CalculatedAmount><ram:BasisAmount>110.00</ram:BasisAmount>"
_ZERO_ROW = (
    "<ram:ApplicableTradeTax><ram:CalculatedAmount>0</ram:CalculatedAmount><ram:BasisAmount>0.00"
    "</ram:BasisAmount><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>"
    "<ram:RateApplicablePercent>7</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
)
_TAX_OF_LINE = (
    "<ram:CategoryTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>"
    "<ram:RateApplicablePercent>0</ram:RateApplicablePercent></ram:CategoryTradeTax>"
)
_MEANS = "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>{code}</ram:TypeCode>{account}</ram:SpecifiedTradeSettlementPaymentMeans>"
_ACCOUNT = (
    "<ram:PayeePartyCreditorFinancialAccount>{number}</ram:PayeePartyCreditorFinancialAccount>"
)
_BEFORE_ROW = "<ram:ApplicableTradeTax><ram:CalculatedAmount>"
_SELLER, _PAYEE = "<ram:SellerTradeParty>", "<ram:PayeeTradeParty>{}</ram:PayeeTradeParty>"
_DELIVERY = "<ram:ApplicableHeaderTradeDelivery/>"
_SHIP_TO = (
    "<ram:ApplicableHeaderTradeDelivery><ram:ShipToTradeParty>{}</ram:ShipToTradeParty>"
    "</ram:ApplicableHeaderTradeDelivery>"
)


def _paid(code: str, number: str) -> str:
    return _MEANS.format(code=code, account=_ACCOUNT.format(number=number)) + _BEFORE_ROW


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        # A sum is met to the cent, and a row of a rate that nothing has is a row of nothing.
        (_ROW, _ROW.replace("110.00", "110.50"), {"BR-S-08"}),
        (_BEFORE_ROW, _ZERO_ROW + _BEFORE_ROW, set()),
        (_BEFORE_ROW, _ZERO_ROW.replace(">0.00", ">0.01") + _BEFORE_ROW, {"BR-S-08"}),
        # The rules of charges know the word only; the others know the digit as well.
        ("<udt:Indicator>true", "<udt:Indicator>1", set()),
        ("<ram:Reason>Freight</ram:Reason>", "", {"BR-38", "BR-CO-22"}),
        (
            "true</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>10.00</ram:ActualAmount><ram:Reason>Freight</ram:Reason>",
            "1</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>10.00</ram:ActualAmount>",
            set(),
        ),
        # Blanks are a part of a code of VAT and of a currency.
        ("<ram:InvoiceCurrencyCode>EUR", "<ram:InvoiceCurrencyCode>EUR ", {"BR-CO-15"}),
        (
            "<ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:CategoryTradeTax>",
            "<ram:TypeCode>VAT </ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:CategoryTradeTax>",
            {"BR-37", "CII-DT-037"},
        ),
        # A tax of an allowance or a charge is looked at in lines as well.
        (_LINE_SUM, _change_of_line("false", _TAX_OF_LINE) + _LINE_SUM, {"BR-S-06"}),
        (_LINE_SUM, _change_of_line("true", _TAX_OF_LINE) + _LINE_SUM, {"BR-S-07"}),
        # Of several totals of VAT, one of another currency is enough.
        (
            '<ram:TaxTotalAmount currencyID="EUR">20.90',
            '<ram:TaxTotalAmount currencyID="EUR">20.901',
            {"BR-CO-14", "BR-DEC-13"},
        ),
        (
            '<ram:TaxTotalAmount currencyID="EUR">20.90',
            '<ram:TaxTotalAmount currencyID="EUR">20.900',
            set(),
        ),
        # The accounting currency is another one, and one of the totals is in it.
        (
            "<ram:InvoiceCurrencyCode>EUR",
            "<ram:TaxCurrencyCode>EUR</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>EUR",
            {"BR-53"},
        ),
        (
            "<ram:InvoiceCurrencyCode>EUR",
            "<ram:TaxCurrencyCode>SEK</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>EUR",
            {"BR-53", "BR-DEC-15"},
        ),
        # The VAT point is said in one way in the whole document.
        (
            _ROW,
            _ROW + "<ram:DueDateTypeCode>72</ram:DueDateTypeCode><ram:TaxPointDate/>",
            {"BR-CO-03"},
        ),
        # A payee is not the seller: name, identifier, registration.
        (_BEFORE_ROW, _PAYEE.format("<ram:Name>Nordwind GmbH</ram:Name>") + _BEFORE_ROW, {"BR-17"}),
        (_BEFORE_ROW, _PAYEE.format("<ram:Name>Other</ram:Name>") + _BEFORE_ROW, set()),
        # Addresses: of delivery, and electronic ones.
        (
            _DELIVERY,
            _SHIP_TO.format(
                "<ram:PostalTradeAddress><ram:CountryID> </ram:CountryID></ram:PostalTradeAddress>"
            ),
            {"BR-57", "BR-CL-14"},
        ),
        (_SELLER, f"{_SELLER}<ram:URIUniversalCommunication/>", {"BR-62"}),
        (
            _SELLER,
            f'{_SELLER}<ram:URIUniversalCommunication><ram:URIID schemeID=" ">a</ram:URIID></ram:URIUniversalCommunication>',
            {"BR-62", "BR-CL-25"},
        ),
        # Every VAT identifier begins with a country; every party has one.
        (
            _DELIVERY,
            _SHIP_TO.format(
                '<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">4711</ram:ID></ram:SpecifiedTaxRegistration>'
            ),
            {"BR-CO-09"},
        ),
        # Credit transfers, by their code as it is written.
        (_BEFORE_ROW, _paid("58", "<ram:IBANID> </ram:IBANID>"), {"BR-50"}),
        (_BEFORE_ROW, _paid("58 ", "<ram:IBANID> </ram:IBANID>"), set()),
        (
            _BEFORE_ROW,
            _paid("58", "<ram:IBANID> </ram:IBANID><ram:ProprietaryID>1</ram:ProprietaryID>"),
            set(),
        ),
        (_BEFORE_ROW, _paid("58 ", ""), {"CII-SR-470"}),
        # Identifiers need schemes that say something.
        (
            "<ram:Name>Desk",
            '<ram:GlobalID schemeID="">1</ram:GlobalID><ram:Name>Desk',
            {"BR-64", "BR-CL-21"},
        ),
        (
            "<ram:Name>Desk</ram:Name>",
            "<ram:Name>Desk</ram:Name><ram:DesignatedProductClassification/>",
            set(),
        ),
        # Attributes and elements that stand nowhere, or not here.
        ("<ram:GrandTotalAmount>", '<ram:GrandTotalAmount currencyID="EUR">', {"CII-DT-031"}),
        ("<ram:ID>R-1", '<ram:ID schemeID="x">R-1', {"CII-DT-005", "BR-CL-11"}),
        ("<ram:ID>R-1", '<ram:ID schemeName="x">R-1', {"CII-DT-001"}),
        ('<ram:ID schemeID="VA">', '<ram:ID schemeID="VA" schemeName="x">', {"CII-DT-101"}),
        (
            _LINE_SUM,
            _change_of_line(
                "true",
                _TAX_OF_LINE.replace(">0<", ">19<").replace(
                    "</ram:CategoryTradeTax>",
                    "<ram:ExemptionReason>x</ram:ExemptionReason></ram:CategoryTradeTax>",
                ),
            )
            + _LINE_SUM,
            {"CII-DT-098"},
        ),
        # Numbers: a zero with a minus is below zero.
        ("<ram:ChargeAmount>100.00", "<ram:ChargeAmount>-0.00", {"BR-27"}),
        ("20261102", "20261301", {"CII-DT-097"}),
    ],
)
def test_cii(before: str, after: str, broken: set[str]) -> None:
    assert _newly_broken(cii_invoice(), before, after) == broken


@pytest.mark.parametrize(
    ("code", "rate", "before", "after", "broken"),
    [
        # Of IGIC (L) and IPSI (M), neither base nor tax are looked at; of IGIC a rate of zero is refused.
        ("L", "7", ">110.00</ram:BasisAmount>", ">1.00</ram:BasisAmount>", set()),
        ("L", "7", ">7.70</ram:CalculatedAmount>", ">9.70</ram:CalculatedAmount>", {"BR-CO-14"}),
        ("L", "0", "<ram:Name>Desk", "<ram:Name>Desk", {"BR-AF-05", "BR-AF-07"}),
        ("M", "0", "<ram:Name>Desk", "<ram:Name>Desk", set()),
        # Intra-community supplies: what is there counts, be it blank.
        ("K", "0", "<ram:Name>Desk", "<ram:Name>Desk", {"BR-IC-10", "BR-IC-11", "BR-IC-12"}),
        (
            "K",
            "0",
            _DELIVERY,
            _SHIP_TO.format("<ram:PostalTradeAddress><ram:CountryID/></ram:PostalTradeAddress>"),
            {"BR-IC-10", "BR-IC-11", "BR-57", "BR-CL-14"},
        ),
        # Split payment: every country is Italy.
        ("B", "19", "<ram:Name>Desk", "<ram:Name>Desk", {"BR-B-01"}),
    ],
)
def test_cii_of_other_categories(
    code: str, rate: str, before: str, after: str, broken: set[str]
) -> None:
    document = cii_invoice(code, rate).decode()
    assert before in document
    assert _broken(document.replace(before, after).encode()) == broken


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        # The letters of a VAT identifier are looked for in one text of all countries.
        (">DE123456789<", ">E <", set()),
        (">DE123456789<", "><", set()),
        (">DE123456789<", ">XX1<", {"BR-CO-09"}),
        # Less than one unit of money, computed with doubles by the artefact.
        ('TaxableAmount currencyID="EUR">100.00', 'TaxableAmount currencyID="EUR">100.99', set()),
        (
            'TaxableAmount currencyID="EUR">100.00',
            'TaxableAmount currencyID="EUR">101.00',
            {"BR-S-08"},
        ),
        (
            'TaxableAmount currencyID="EUR">100.00',
            'TaxableAmount currencyID="EUR">99.00',
            {"BR-S-08"},
        ),
        # Allowances of a line are asked for their rate, too.
        ("<cac:Item>", f"{_allowance('false', 'Z', '7')}<cac:Item>", {"BR-Z-01", "BR-Z-06"}),
        # What is said to be both is an allowance.
        (
            "<cac:TaxTotal>",
            _allowance("true", "S", "19").replace(
                "<cbc:AllowanceChargeReason>",
                "<cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:AllowanceChargeReason>",
            )
            + "<cac:TaxTotal>",
            {"BR-CO-11", "BR-CO-12"},
        ),
        # A scheme is asked for where it is there.
        (
            "<cac:AccountingSupplierParty>",
            "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>",
            set(),
        ),
        (
            "<cac:AccountingSupplierParty>",
            '<cac:AdditionalDocumentReference><cbc:ID schemeID="?">1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>',
            {"BR-CL-07"},
        ),
        (
            "<cac:AccountingSupplierParty>",
            "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:DocumentTypeCode>50</cbc:DocumentTypeCode></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>",
            {"UBL-SR-43"},
        ),
        (
            "<cac:AccountingSupplierParty>",
            "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cbc:DocumentTypeCode>130</cbc:DocumentTypeCode><cac:Attachment/></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>",
            {"UBL-CR-666"},
        ),
        # A creditor identifier of SEPA identifies nobody, and is of the seller or the payee.
        (
            "<cac:AccountingCustomerParty><cac:Party>",
            '<cac:AccountingCustomerParty><cac:Party><cac:PartyIdentification><cbc:ID schemeID="SEPA">1</cbc:ID></cac:PartyIdentification>',
            {"BR-CL-10"},
        ),
        (
            "<cac:AccountingSupplierParty><cac:Party>",
            '<cac:AccountingSupplierParty><cac:Party><cac:PartyIdentification><cbc:ID schemeID="SEPA">1</cbc:ID></cac:PartyIdentification>',
            set(),
        ),
        (
            "<cbc:IssueDate>",
            '<cbc:Note unitCodeListIdentifier="x">y</cbc:Note><cbc:IssueDate>',
            {"UBL-DT-13"},
        ),
    ],
)
def test_ubl(before: str, after: str, broken: set[str]) -> None:
    assert _newly_broken(_ubl(), before, after) == broken


def _newly_broken(document: bytes, before: str, after: str) -> set[str]:
    text = document.decode()
    assert before in text
    assert _broken(document) == set()
    return _broken(text.replace(before, after, 1).encode())


def _broken(document: bytes) -> set[str]:
    return {finding.rule_id for finding in broken_rules(document, (CEN_PACK,))}
