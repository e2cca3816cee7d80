"""Which elements of UBL hold codes, and of which list: BR-CL-01 to BR-CL-26."""

from en16931.code_lists.allowance_reasons import ALLOWANCE_REASONS
from en16931.code_lists.charge_reasons import CHARGE_REASONS
from en16931.code_lists.countries import COUNTRIES
from en16931.code_lists.currencies import CURRENCIES
from en16931.code_lists.document_types import CREDIT_NOTE_TYPES, INVOICE_TYPES
from en16931.code_lists.electronic_addresses import ELECTRONIC_ADDRESSES
from en16931.code_lists.exemption_reasons import EXEMPTION_REASONS
from en16931.code_lists.icd_schemes import ICD_SCHEMES
from en16931.code_lists.item_classifications import ITEM_CLASSIFICATIONS
from en16931.code_lists.mime_types import MIME_TYPES
from en16931.code_lists.object_schemes import OBJECT_SCHEMES
from en16931.code_lists.payment_means import PAYMENT_MEANS
from en16931.code_lists.units import UNITS
from en16931.code_lists.vat_categories import VAT_CATEGORIES
from en16931.code_lists.vat_points import VAT_POINTS
from en16931.rules.coded import Coded

SEPA = "SEPA"

_AMOUNTS = " ".join(
    f"cbc:{name}/@currencyID"
    for name in (
        "Amount BaseAmount PriceAmount TaxAmount TaxableAmount LineExtensionAmount TaxExclusiveAmount "
        "TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableRoundingAmount PayableAmount"
    ).split()
)

UBL_CODES = (
    Coded("BR-CL-01", "The type of an invoice", INVOICE_TYPES, "cbc:InvoiceTypeCode"),
    Coded("BR-CL-01", "The type of a credit note", CREDIT_NOTE_TYPES, "cbc:CreditNoteTypeCode"),
    Coded("BR-CL-03", "The currency of an amount", CURRENCIES, _AMOUNTS),
    Coded("BR-CL-04", "The currency of the invoice", CURRENCIES, "cbc:DocumentCurrencyCode"),
    Coded("BR-CL-05", "The currency for VAT", CURRENCIES, "cbc:TaxCurrencyCode"),
    Coded("BR-CL-06", "The VAT point", VAT_POINTS, "cac:InvoicePeriod/cbc:DescriptionCode"),
    Coded(
        "BR-CL-07",
        "The scheme of an invoiced object",
        OBJECT_SCHEMES,
        "cac:AdditionalDocumentReference/cbc:ID[object]/@schemeID? cac:DocumentReference/cbc:ID[object]/@schemeID?",
    ),
    Coded(
        "BR-CL-10",
        "The scheme of a party's identifier",
        ICD_SCHEMES | {SEPA},
        "cac:PartyIdentification/cbc:ID/@schemeID?",
    ),
    Coded(
        "BR-CL-11",
        "The scheme of a registration",
        ICD_SCHEMES,
        "cac:PartyLegalEntity/cbc:CompanyID/@schemeID?",
    ),
    Coded(
        "BR-CL-13",
        "The classification of an item",
        ITEM_CLASSIFICATIONS,
        "cac:CommodityClassification/cbc:ItemClassificationCode/@listID?",
    ),
    Coded("BR-CL-14", "A country", COUNTRIES, "cac:Country/cbc:IdentificationCode"),
    Coded("BR-CL-15", "A country of origin", COUNTRIES, "cac:OriginCountry/cbc:IdentificationCode"),
    Coded(
        "BR-CL-16", "The means of payment", PAYMENT_MEANS, "cac:PaymentMeans/cbc:PaymentMeansCode"
    ),
    Coded("BR-CL-17", "A category of VAT", VAT_CATEGORIES, "cac:TaxCategory/cbc:ID"),
    Coded("BR-CL-18", "A category of VAT", VAT_CATEGORIES, "cac:ClassifiedTaxCategory/cbc:ID"),
    Coded(
        "BR-CL-19",
        "The reason of an allowance",
        ALLOWANCE_REASONS,
        "cac:AllowanceCharge/cbc:AllowanceChargeReasonCode[allowance]",
    ),
    Coded(
        "BR-CL-20",
        "The reason of a charge",
        CHARGE_REASONS,
        "cac:AllowanceCharge/cbc:AllowanceChargeReasonCode[only-charge]",
    ),
    Coded(
        "BR-CL-21",
        "The scheme of an item's identifier",
        ICD_SCHEMES,
        "cac:StandardItemIdentification/cbc:ID/@schemeID?",
    ),
    Coded(
        "BR-CL-22",
        "The reason for which no VAT is due",
        EXEMPTION_REASONS,
        "cbc:TaxExemptionReasonCode",
        ignores_case=True,
    ),
    Coded(
        "BR-CL-23",
        "The unit of a quantity",
        UNITS,
        "cbc:InvoicedQuantity/@unitCode? cbc:BaseQuantity/@unitCode? cbc:CreditedQuantity/@unitCode?",
    ),
    Coded(
        "BR-CL-24",
        "The media type of a document",
        MIME_TYPES,
        "cbc:EmbeddedDocumentBinaryObject/@mimeCode?",
        as_written=True,
    ),
    Coded(
        "BR-CL-25",
        "The scheme of an electronic address",
        ELECTRONIC_ADDRESSES,
        "cbc:EndpointID/@schemeID?",
    ),
    Coded(
        "BR-CL-26",
        "The scheme of a place",
        ICD_SCHEMES,
        "cac:DeliveryLocation/cbc:ID/@schemeID?",
    ),
)
