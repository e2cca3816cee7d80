"""Where the compiled artefact of XRechnung 3.0.2 looks and how it compares, beyond what the texts of its rules say.

Each case is a small invoice with something changed: the rules that the artefact then reports as broken, and those that
it does so no longer.
"""

import pytest
from small_cii_invoice import cii_invoice

from en16931.judgement import broken_rules
from en16931.rules.xrechnung.pack import XRECHNUNG_PACK
from en16931.rules.xrechnung.specification import CORE, EXTENSION
from small_invoice import ubl_invoice

_VAT = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
_SCHEME = (
    f"<cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID>{_VAT}</cac:PartyTaxScheme>"
)
_ADDRESS = (
    "<cac:PostalAddress><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode>"
    "</cac:Country></cac:PostalAddress>"
)
_TAXED = f"<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>{_VAT}</cac:ClassifiedTaxCategory>"
_CEN = "urn:cen.eu:en16931:2017"

_Changes = list[tuple[str, str]]


def _ubl(specification: str) -> str:
    document = ubl_invoice().decode()
    return _changed(
        document,
        [
            (
                "<cbc:ID>R-1",
                f"<cbc:CustomizationID>{specification}</cbc:CustomizationID><cbc:ID>R-1",
            ),
            (
                "<cac:PartyLegalEntity><cbc:RegistrationName>N",
                f"{_ADDRESS}{_SCHEME}<cac:PartyLegalEntity><cbc:RegistrationName>N",
            ),
            (
                "<cac:PartyLegalEntity><cbc:RegistrationName>C",
                f"{_ADDRESS}<cac:PartyLegalEntity><cbc:RegistrationName>C",
            ),
            ("</cac:TaxCategory>", f"{_VAT}</cac:TaxCategory>"),
            ("</cac:Item>", f"{_TAXED}</cac:Item>"),
        ],
    )


@pytest.mark.parametrize(
    ("changes", "broken", "mended"),
    [
        # An electronic address counts where it is there, be it blank; without a party, none is asked for.
        (
            [
                (
                    "<cac:AccountingSupplierParty><cac:Party>",
                    "<cac:AccountingSupplierParty><cac:Party><cbc:EndpointID/>",
                )
            ],
            {"PEPPOL-EN16931-R008"},
            {"PEPPOL-EN16931-R020"},
        ),
        (
            [
                (
                    "<cac:AccountingCustomerParty><cac:Party>",
                    "<cac:AccountingCustomerParty><cac:Party/><cac:Party>",
                )
            ],
            {"PEPPOL-EN16931-R008"},
            set(),
        ),
        # The specification is compared as it is written.
        ([("xrechnung_3.0</cbc", "xrechnung_3.0 </cbc")], {"BR-DE-21"}, set()),
        # A line without an amount has an amount of zero; only a word says what changes it.
        (
            [
                (
                    '<cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount><cac:Item>',
                    "<cac:Item>",
                )
            ],
            {"PEPPOL-EN16931-R120"},
            set(),
        ),
        (
            [
                (
                    '<cbc:PriceAmount currencyID="EUR">100.00',
                    '<cbc:PriceAmount currencyID="EUR">100.03',
                )
            ],
            {"PEPPOL-EN16931-R120"},
            set(),
        ),
        (
            [
                (
                    "<cac:Item>",
                    '<cac:AllowanceCharge><cbc:ChargeIndicator>0</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">5.00</cbc:Amount></cac:AllowanceCharge><cac:Item>',
                )
            ],
            {"PEPPOL-EN16931-R043"},
            set(),
        ),
        (
            [
                (
                    "<cac:Item>",
                    '<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">5.00</cbc:Amount></cac:AllowanceCharge><cac:Item>',
                )
            ],
            {"PEPPOL-EN16931-R120"},
            set(),
        ),
        # What has a percentage without a base is asked for the base alone, and what changes a price for nothing.
        (
            [
                (
                    "<cac:TaxTotal>",
                    '<cac:AllowanceCharge><cbc:Amount currencyID="EUR">0.00</cbc:Amount></cac:AllowanceCharge><cac:TaxTotal>',
                )
            ],
            {"PEPPOL-EN16931-R043"},
            set(),
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    '<cac:AllowanceCharge><cbc:ChargeIndicator> true </cbc:ChargeIndicator><cbc:Amount currencyID="EUR">0.00</cbc:Amount></cac:AllowanceCharge><cac:TaxTotal>',
                )
            ],
            set(),
            set(),
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    '<cac:AllowanceCharge><cbc:ChargeIndicator>1</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">0.00</cbc:Amount></cac:AllowanceCharge><cac:TaxTotal>',
                )
            ],
            {"PEPPOL-EN16931-R043"},
            set(),
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    '<cac:AllowanceCharge><cbc:MultiplierFactorNumeric>1</cbc:MultiplierFactorNumeric><cbc:Amount currencyID="EUR">0.00</cbc:Amount></cac:AllowanceCharge><cac:TaxTotal>',
                )
            ],
            {"PEPPOL-EN16931-R041"},
            set(),
        ),
        (
            [
                (
                    "</cac:Price>",
                    '<cac:AllowanceCharge><cbc:ChargeIndicator>0</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">0.00</cbc:Amount></cac:AllowanceCharge></cac:Price>',
                )
            ],
            {"PEPPOL-EN16931-R044"},
            set(),
        ),
        # A gross price stands in a discount, which has an amount.
        (
            [
                (
                    "</cac:Price>",
                    '<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:BaseAmount currencyID="EUR">100.00</cbc:BaseAmount></cac:AllowanceCharge></cac:Price>',
                )
            ],
            {"PEPPOL-EN16931-R046"},
            set(),
        ),
        # A unit is compared where a quantity is stated.
        (
            [
                (
                    "</cac:Price>",
                    '<cbc:BaseQuantity unitCode="C62 ">1</cbc:BaseQuantity></cac:Price>',
                )
            ],
            {"PEPPOL-EN16931-R130"},
            set(),
        ),
        ([('<cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>', "")], set(), set()),
        # The total in the accounting currency is there, and has the sign of the other.
        (
            [
                (
                    "<cac:AccountingSupplierParty>",
                    "<cbc:TaxCurrencyCode>USD</cbc:TaxCurrencyCode><cac:AccountingSupplierParty>",
                )
            ],
            {"PEPPOL-EN16931-R054", "PEPPOL-EN16931-R055"},
            set(),
        ),
        (
            [
                (
                    "<cac:AccountingSupplierParty>",
                    "<cbc:TaxCurrencyCode>EUR</cbc:TaxCurrencyCode><cac:AccountingSupplierParty>",
                )
            ],
            {"PEPPOL-EN16931-R005", "PEPPOL-EN16931-R054"},
            set(),
        ),
        # A SEPA transfer names an IBAN; small letters count as their numbers in ASCII.
        (
            [
                (
                    "<cac:TaxTotal>",
                    "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode></cac:PaymentMeans><cac:TaxTotal>",
                )
            ],
            {"BR-DE-19", "BR-DE-23-a"},
            {"BR-DE-1"},
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>DE89 3704 0044 0532 0130 00</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans><cac:TaxTotal>",
                )
            ],
            set(),
            {"BR-DE-1"},
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>GB82WEST12345698765432</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans><cac:TaxTotal>",
                )
            ],
            set(),
            {"BR-DE-1"},
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cac:PayeeFinancialAccount><cbc:ID>GB82west12345698765432</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans><cac:TaxTotal>",
                )
            ],
            {"BR-DE-19"},
            {"BR-DE-1"},
        ),
        # A direct debit has its mandate in its own payment instructions; what is blank is there.
        (
            [
                (
                    "<cac:TaxTotal>",
                    "<cac:PaymentMeans><cbc:PaymentMeansCode>59</cbc:PaymentMeansCode><cac:PaymentMandate><cbc:ID/></cac:PaymentMandate></cac:PaymentMeans><cac:TaxTotal>",
                )
            ],
            {"BR-DE-20", "BR-DE-30", "BR-DE-31", "PEPPOL-EN16931-R008"},
            {"BR-DE-1"},
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    "<cac:PaymentMeans><cbc:PaymentMeansCode>59</cbc:PaymentMeansCode><cac:PaymentMandate><cac:PayerFinancialAccount><cbc:ID>DE89370400440532013000</cbc:ID></cac:PayerFinancialAccount></cac:PaymentMandate></cac:PaymentMeans><cac:TaxTotal>",
                )
            ],
            {"BR-DE-30", "PEPPOL-EN16931-R061"},
            {"BR-DE-1"},
        ),
        # Of no lines, each has a period.
        (
            [("<cac:InvoiceLine>", "<cac:OtherLine>"), ("</cac:InvoiceLine>", "</cac:OtherLine>")],
            set(),
            {"BR-DE-TMP-32"},
        ),
        # Categories of lines of any tax, and of what a word says to be an allowance or a charge, ask for a tax identifier.
        ([("DE123456789", " ")], {"BR-DE-16", "PEPPOL-EN16931-R008"}, set()),
        # A location is a URL with two characters before the colon at least, and is there.
        (
            [
                (
                    "<cac:AccountingSupplierParty>",
                    "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cac:ExternalReference><cbc:URI>x:y</cbc:URI></cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>",
                )
            ],
            {"BR-TMP-2"},
            set(),
        ),
        (
            [
                (
                    "<cac:AccountingSupplierParty>",
                    "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cac:ExternalReference/></cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>",
                )
            ],
            {"BR-TMP-2", "PEPPOL-EN16931-R008"},
            set(),
        ),
        (
            [
                (
                    "<cac:AccountingSupplierParty>",
                    "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cac:ExternalReference><cbc:URI>urn: </cbc:URI></cac:ExternalReference></cac:Attachment></cac:AdditionalDocumentReference><cac:AccountingSupplierParty>",
                )
            ],
            set(),
            set(),
        ),
    ],
)
def test_ubl(changes: _Changes, broken: set[str], mended: set[str]) -> None:
    _judge(_ubl(CORE), changes, broken, mended)


@pytest.mark.parametrize(
    ("changes", "broken", "mended"),
    [
        # The extension takes a blank scheme for a known one; of sub-lines, items are asked for their category.
        (
            [
                (
                    "<cac:AccountingSupplierParty><cac:Party>",
                    '<cac:AccountingSupplierParty><cac:Party><cac:PartyIdentification><cbc:ID schemeID=" ">1</cbc:ID></cac:PartyIdentification>',
                )
            ],
            set(),
            set(),
        ),
        (
            [
                (
                    "<cac:Item>",
                    '<cac:SubInvoiceLine><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount></cac:SubInvoiceLine><cac:Item>',
                )
            ],
            set(),
            set(),
        ),
        (
            [
                (
                    "<cac:Item>",
                    '<cac:SubInvoiceLine><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>x</cbc:Name></cac:Item></cac:SubInvoiceLine><cac:Item>',
                )
            ],
            {"BR-DEX-03"},
            set(),
        ),
        # The price of a sub-line has the unit of its quantity.
        (
            [
                (
                    "<cac:Item>",
                    '<cac:SubInvoiceLine><cbc:InvoicedQuantity>1</cbc:InvoicedQuantity><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount><cac:Price><cbc:BaseQuantity unitCode="C62">1</cbc:BaseQuantity></cac:Price></cac:SubInvoiceLine><cac:Item>',
                )
            ],
            {"PEPPOL-EN16931-R130"},
            set(),
        ),
        # The amount due is rounded together with its rounding; a payment names the currency.
        (
            [
                (
                    '<cbc:PayableAmount currencyID="EUR">119.00',
                    '<cbc:PayableAmount currencyID="EUR">119.004',
                )
            ],
            set(),
            set(),
        ),
        (
            [
                (
                    "<cac:TaxTotal>",
                    "<cac:PrepaidPayment><cbc:ID>1</cbc:ID><cbc:PaidAmount>0.00</cbc:PaidAmount><cbc:InstructionID>x</cbc:InstructionID></cac:PrepaidPayment><cac:TaxTotal>",
                )
            ],
            {"BR-DEX-14"},
            set(),
        ),
    ],
)
def test_ubl_of_the_extension(changes: _Changes, broken: set[str], mended: set[str]) -> None:
    _judge(_ubl(EXTENSION), changes, broken, mended)


@pytest.mark.parametrize(
    ("changes", "broken", "mended"),
    [
        # Only what is written as a transaction is asked when it was delivered, and only a context for its process.
        (
            [
                ("<rsm:ExchangedDocumentContext>", "<rsm:Other>"),
                ("</rsm:ExchangedDocumentContext>", "</rsm:Other>"),
            ],
            set(),
            {"PEPPOL-EN16931-R001"},
        ),
        # A SEPA transfer and debit name an IBAN, which a proprietary account is not.
        (
            [
                (
                    "<ram:InvoiceCurrencyCode>",
                    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:ProprietaryID>DE89370400440532013000</ram:ProprietaryID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans><ram:InvoiceCurrencyCode>",
                )
            ],
            {"BR-DE-19"},
            {"BR-DE-1"},
        ),
        (
            [
                (
                    "<ram:InvoiceCurrencyCode>",
                    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>DE89370400440532013000</ram:IBANID></ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans><ram:InvoiceCurrencyCode>",
                )
            ],
            set(),
            {"BR-DE-1"},
        ),
        (
            [
                (
                    "<ram:InvoiceCurrencyCode>",
                    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>59</ram:TypeCode><ram:PayerPartyDebtorFinancialAccount><ram:IBANID>DE89370400440532013000</ram:IBANID></ram:PayerPartyDebtorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans><ram:InvoiceCurrencyCode>",
                )
            ],
            {"BR-DE-30", "BR-DE-31", "PEPPOL-EN16931-R061"},
            {"BR-DE-1"},
        ),
        (
            [
                (
                    "<ram:InvoiceCurrencyCode>",
                    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>59</ram:TypeCode></ram:SpecifiedTradeSettlementPaymentMeans><ram:CreditorReferenceID>x</ram:CreditorReferenceID><ram:InvoiceCurrencyCode>",
                )
            ],
            {"BR-DE-20", "BR-DE-30", "BR-DE-31", "PEPPOL-EN16931-R061"},
            {"BR-DE-1"},
        ),
        # A total in another currency stands exactly where the accounting currency is named.
        (
            [
                (
                    '<ram:TaxTotalAmount currencyID="EUR">',
                    '<ram:TaxTotalAmount currencyID="USD">1.00</ram:TaxTotalAmount><ram:TaxTotalAmount currencyID="EUR">',
                )
            ],
            {"PEPPOL-EN16931-R054"},
            set(),
        ),
        (
            [
                (
                    "<ram:InvoiceCurrencyCode>",
                    "<ram:TaxCurrencyCode>USD</ram:TaxCurrencyCode><ram:InvoiceCurrencyCode>",
                )
            ],
            {"PEPPOL-EN16931-R054", "PEPPOL-EN16931-R055"},
            set(),
        ),
        ([('<ram:TaxTotalAmount currencyID="EUR">', "<ram:TaxTotalAmount>")], set(), set()),
        # Something is said to be an allowance or a charge by a word.
        (
            [("<udt:Indicator>true</udt:Indicator>", "<udt:Indicator>1</udt:Indicator>")],
            {"PEPPOL-EN16931-R043-1"},
            set(),
        ),
        (
            [("<udt:Indicator>true</udt:Indicator>", "")],
            {"PEPPOL-EN16931-R008", "PEPPOL-EN16931-R043-1"},
            set(),
        ),
        # A unit of a base quantity is that of the quantity as it is written; a base of zero counts for one.
        (
            [
                (
                    "<ram:ChargeAmount>100.00</ram:ChargeAmount>",
                    '<ram:ChargeAmount>100.00</ram:ChargeAmount><ram:BasisQuantity unitCode="C62 ">1</ram:BasisQuantity>',
                )
            ],
            {"PEPPOL-EN16931-R130"},
            set(),
        ),
        (
            [
                (
                    "<ram:ChargeAmount>100.00</ram:ChargeAmount>",
                    "<ram:ChargeAmount>100.00</ram:ChargeAmount><ram:BasisQuantity>0</ram:BasisQuantity>",
                )
            ],
            {"PEPPOL-EN16931-R121"},
            set(),
        ),
        # Only supporting documents (916) are asked for a URL.
        (
            [
                (
                    "<ram:SellerTradeParty>",
                    "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>1</ram:IssuerAssignedID><ram:URIID>x</ram:URIID><ram:TypeCode>50</ram:TypeCode></ram:AdditionalReferencedDocument><ram:SellerTradeParty>",
                )
            ],
            set(),
            set(),
        ),
        (
            [
                (
                    "<ram:SellerTradeParty>",
                    "<ram:AdditionalReferencedDocument><ram:IssuerAssignedID>1</ram:IssuerAssignedID><ram:URIID>x</ram:URIID><ram:TypeCode>916</ram:TypeCode></ram:AdditionalReferencedDocument><ram:SellerTradeParty>",
                )
            ],
            {"BR-TMP-2"},
            set(),
        ),
        # A tax identifier counts with blanks around its scheme.
        (
            [('"VA">DE123456789', '"VA ">DE123456789')],
            set(),
            set(),
        ),
        # Only lines ask for a tax identifier, not charges.
        ([("DE123456789", " ")], {"BR-DE-16", "PEPPOL-EN16931-R008"}, set()),
    ],
)
def test_cii(changes: _Changes, broken: set[str], mended: set[str]) -> None:
    _judge(cii_invoice().decode().replace(_CEN, CORE), changes, broken, mended)


def _judge(document: str, changes: _Changes, broken: set[str], mended: set[str]) -> None:
    before, after = _broken(document), _broken(_changed(document, changes))
    assert after - before == broken
    assert before - after == mended


def _changed(document: str, changes: _Changes) -> str:
    for before, after in changes:
        assert before in document
        document = document.replace(before, after, 1)
    return document


def _broken(document: str) -> set[str]:
    return {finding.rule_id for finding in broken_rules(document.encode(), (XRECHNUNG_PACK,))}
