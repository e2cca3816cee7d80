"""Which elements of CII hold codes, and of which list: BR-CL-01 to BR-CL-26."""

from en16931.code_lists.allowance_reasons import ALLOWANCE_REASONS
from en16931.code_lists.charge_reasons import CHARGE_REASONS
from en16931.code_lists.countries import COUNTRIES_OF_CII
from en16931.code_lists.currencies import CURRENCIES
from en16931.code_lists.document_types import INVOICE_AND_CREDIT_NOTE_TYPES
from en16931.code_lists.electronic_addresses import ELECTRONIC_ADDRESSES
from en16931.code_lists.exemption_reasons import EXEMPTION_REASONS
from en16931.code_lists.icd_schemes import ICD_SCHEMES
from en16931.code_lists.item_classifications import ITEM_CLASSIFICATIONS
from en16931.code_lists.mime_types import MIME_TYPES
from en16931.code_lists.note_subjects import NOTE_SUBJECTS
from en16931.code_lists.object_schemes import OBJECT_SCHEMES
from en16931.code_lists.payment_means import PAYMENT_MEANS
from en16931.code_lists.units import UNITS
from en16931.code_lists.vat_categories import VAT_CATEGORIES
from en16931.code_lists.vat_points import VAT_POINTS_OF_CII
from en16931.rules.coded import Coded

CII_CODES = (
    Coded(
        "BR-CL-01",
        "The type of the document",
        INVOICE_AND_CREDIT_NOTE_TYPES,
        "rsm:ExchangedDocument/ram:TypeCode",
    ),
    Coded("BR-CL-03", "The currency of an amount", CURRENCIES, "ram:TaxTotalAmount/@currencyID?"),
    Coded("BR-CL-04", "The currency of the invoice", CURRENCIES, "ram:InvoiceCurrencyCode"),
    Coded("BR-CL-05", "The currency for VAT", CURRENCIES, "ram:TaxCurrencyCode"),
    Coded("BR-CL-06", "The VAT point", VAT_POINTS_OF_CII, "ram:DueDateTypeCode"),
    Coded("BR-CL-07", "The scheme of an invoiced object", OBJECT_SCHEMES, "ram:ReferenceTypeCode"),
    Coded("BR-CL-08", "The subject of a note", NOTE_SUBJECTS, "ram:SubjectCode"),
    Coded(
        "BR-CL-10",
        "The scheme of a party's identifier",
        ICD_SCHEMES,
        "!SpecifiedTradeProduct!ShipToTradeParty/ram:GlobalID/@schemeID?",
    ),
    Coded(
        "BR-CL-11",
        "The scheme of a registration",
        ICD_SCHEMES,
        "!SpecifiedTaxRegistration/ram:ID/@schemeID?",
    ),
    Coded(
        "BR-CL-13",
        "The classification of an item",
        ITEM_CLASSIFICATIONS,
        "ram:ClassCode/@listID?",
    ),
    Coded("BR-CL-14", "A country", COUNTRIES_OF_CII, "ram:CountryID"),
    Coded("BR-CL-15", "A country of origin", COUNTRIES_OF_CII, "ram:OriginTradeCountry/ram:ID"),
    Coded(
        "BR-CL-16",
        "The means of payment",
        PAYMENT_MEANS,
        "ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode",
    ),
    Coded("BR-CL-17", "A category of VAT", VAT_CATEGORIES, "ram:CategoryTradeTax/ram:CategoryCode"),
    Coded(
        "BR-CL-18", "A category of VAT", VAT_CATEGORIES, "ram:ApplicableTradeTax/ram:CategoryCode"
    ),
    Coded(
        "BR-CL-19",
        "The reason of an allowance",
        ALLOWANCE_REASONS,
        "ram:SpecifiedTradeAllowanceCharge/ram:ReasonCode[allowance]",
    ),
    Coded(
        "BR-CL-20",
        "The reason of a charge",
        CHARGE_REASONS,
        "ram:SpecifiedTradeAllowanceCharge/ram:ReasonCode[only-charge]",
    ),
    Coded(
        "BR-CL-21",
        "The scheme of an item's identifier",
        ICD_SCHEMES,
        "ram:SpecifiedTradeProduct/ram:GlobalID/@schemeID?",
    ),
    Coded(
        "BR-CL-22",
        "The reason for which no VAT is due",
        EXEMPTION_REASONS,
        "ram:ExemptionReasonCode",
        ignores_case=True,
    ),
    Coded(
        "BR-CL-23",
        "The unit of a quantity",
        UNITS,
        "ram:BasisQuantity/@unitCode? ram:BilledQuantity/@unitCode?",
    ),
    Coded(
        "BR-CL-24",
        "The media type of a document",
        MIME_TYPES,
        "ram:AttachmentBinaryObject/@mimeCode?",
        as_written=True,
    ),
    Coded(
        "BR-CL-25",
        "The scheme of an electronic address",
        ELECTRONIC_ADDRESSES,
        "ram:URIUniversalCommunication/ram:URIID/@schemeID?",
    ),
    Coded(
        "BR-CL-26",
        "The scheme of a place",
        ICD_SCHEMES,
        "!SpecifiedLineTradeDelivery/ram:ShipToTradeParty/ram:GlobalID/@schemeID?",
    ),
)
