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
    Coded(
        "BR-CL-01",
        "The type of an invoice (BT-3) is a code of UNTDID 1001 for invoices.",
        INVOICE_TYPES,
        "cbc:InvoiceTypeCode",
    ),
    Coded(
        "BR-CL-01",
        "The type of a credit note (BT-3) is a code of UNTDID 1001 for credit notes.",
        CREDIT_NOTE_TYPES,
        "cbc:CreditNoteTypeCode",
    ),
    Coded("BR-CL-03", "The currency of an amount is a code of ISO 4217.", CURRENCIES, _AMOUNTS),
    Coded(
        "BR-CL-04",
        "The currency of the invoice (BT-5) is a code of ISO 4217.",
        CURRENCIES,
        "cbc:DocumentCurrencyCode",
    ),
    Coded(
        "BR-CL-05",
        "The currency for VAT (BT-6) is a code of ISO 4217.",
        CURRENCIES,
        "cbc:TaxCurrencyCode",
    ),
    Coded(
        "BR-CL-06",
        "The VAT point (BT-8) is a code of UNTDID 2005.",
        VAT_POINTS,
        "cac:InvoicePeriod/cbc:DescriptionCode",
    ),
    Coded(
        "BR-CL-07",
        "The scheme of an invoiced object (BT-18, BT-128) is a code of UNTDID 1153.",
        OBJECT_SCHEMES,
        "cac:AdditionalDocumentReference/cbc:ID[object]/@schemeID? cac:DocumentReference/cbc:ID[object]/@schemeID?",
    ),
    Coded(
        "BR-CL-10",
        "The scheme of a party's identifier (BT-29, BT-46, BT-60) is a code of ISO/IEC 6523.",
        ICD_SCHEMES | {SEPA},
        "cac:PartyIdentification/cbc:ID/@schemeID?",
    ),
    Coded(
        "BR-CL-11",
        "The scheme of a registration (BT-30, BT-47, BT-61) is a code of ISO/IEC 6523.",
        ICD_SCHEMES,
        "cac:PartyLegalEntity/cbc:CompanyID/@schemeID?",
    ),
    Coded(
        "BR-CL-13",
        "The scheme of the classification of an item (BT-158) is a code of UNTDID 7143.",
        ITEM_CLASSIFICATIONS,
        "cac:CommodityClassification/cbc:ItemClassificationCode/@listID?",
    ),
    Coded(
        "BR-CL-14",
        "A country (BT-40, BT-55, BT-69, BT-80) is a code of ISO 3166-1.",
        COUNTRIES,
        "cac:Country/cbc:IdentificationCode",
    ),
    Coded(
        "BR-CL-15",
        "A country of origin (BT-159) is a code of ISO 3166-1.",
        COUNTRIES,
        "cac:OriginCountry/cbc:IdentificationCode",
    ),
    Coded(
        "BR-CL-16",
        "The means of payment (BT-81) is a code of UNTDID 4461.",
        PAYMENT_MEANS,
        "cac:PaymentMeans/cbc:PaymentMeansCode",
    ),
    Coded(
        "BR-CL-17",
        "The VAT category of an allowance, a charge or a row of VAT (BT-95, BT-102, BT-118) is a code of UNTDID 5305.",
        VAT_CATEGORIES,
        "cac:TaxCategory/cbc:ID",
    ),
    Coded(
        "BR-CL-18",
        "The VAT category of a line (BT-151) is a code of UNTDID 5305.",
        VAT_CATEGORIES,
        "cac:ClassifiedTaxCategory/cbc:ID",
    ),
    Coded(
        "BR-CL-19",
        "The reason of an allowance (BT-98, BT-140) is a code of UNTDID 5189.",
        ALLOWANCE_REASONS,
        "cac:AllowanceCharge/cbc:AllowanceChargeReasonCode[allowance]",
    ),
    Coded(
        "BR-CL-20",
        "The reason of a charge (BT-105, BT-145) is a code of UNTDID 7161.",
        CHARGE_REASONS,
        "cac:AllowanceCharge/cbc:AllowanceChargeReasonCode[only-charge]",
    ),
    Coded(
        "BR-CL-21",
        "The scheme of an item's identifier (BT-157) is a code of ISO/IEC 6523.",
        ICD_SCHEMES,
        "cac:StandardItemIdentification/cbc:ID/@schemeID?",
    ),
    Coded(
        "BR-CL-22",
        "The reason for which no VAT is due (BT-121) is a code of VATEX.",
        EXEMPTION_REASONS,
        "cbc:TaxExemptionReasonCode",
        ignores_case=True,
    ),
    Coded(
        "BR-CL-23",
        "The unit of a quantity (BT-130, BT-150) is a code of UN/ECE Recommendations 20 and 21.",
        UNITS,
        "cbc:InvoicedQuantity/@unitCode? cbc:BaseQuantity/@unitCode? cbc:CreditedQuantity/@unitCode?",
    ),
    Coded(
        "BR-CL-24",
        "The media type of a document (BT-125) is one of those that EN 16931 names.",
        MIME_TYPES,
        "cbc:EmbeddedDocumentBinaryObject/@mimeCode?",
        as_written=True,
    ),
    Coded(
        "BR-CL-25",
        "The scheme of an electronic address (BT-34, BT-49) is a code of EAS.",
        ELECTRONIC_ADDRESSES,
        "cbc:EndpointID/@schemeID?",
    ),
    Coded(
        "BR-CL-26",
        "The scheme of a place of delivery (BT-71) is a code of ISO/IEC 6523.",
        ICD_SCHEMES,
        "cac:DeliveryLocation/cbc:ID/@schemeID?",
    ),
)
