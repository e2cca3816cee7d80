"""Rules that only make sense on CII: how often something stands, CII-SR.

Left out are the warnings that an element which CII has and EN 16931 has not is there.
"""

from collections.abc import Callable

from en16931.cii.terms import CII_PATHS
from en16931.finding import Severity
from en16931.hardened_xml import XmlElement
from en16931.rules.element_rule import ElementRule, Holds
from en16931.rules.payment import CREDIT_TRANSFERS
from en16931.rules.structure import at_most_once, element_rule
from en16931.terms.term_path import Texts

_AGREEMENT, _DELIVERY = "ram:ApplicableHeaderTradeAgreement", "ram:ApplicableHeaderTradeDelivery"
_SETTLEMENT = "ram:ApplicableHeaderTradeSettlement"
_MEANS = "ram:SpecifiedTradeSettlementPaymentMeans"
_LINE_AGREEMENT, _LINE_SETTLEMENT = (
    "ram:SpecifiedLineTradeAgreement",
    "ram:SpecifiedLineTradeSettlement",
)
_TOTALS = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
_CONTACT, _ADDRESS = "ram:DefinedTradeContact", "ram:URIUniversalCommunication"
_REFERENCE = "ram:AdditionalReferencedDocument"
_CHANGE = "ram:GrossPriceProductTradePrice/ram:AppliedTradeAllowanceCharge"
_GUIDELINE = "ram:GuidelineSpecifiedDocumentContextParameter"

_AT_MOST_ONCE = f"""
CII-SR-441 {_LINE_AGREEMENT} ram:NetPriceProductTradePrice/ram:ChargeAmount
CII-SR-455 {_AGREEMENT} ram:SellerTradeParty/{_CONTACT}
CII-SR-456 {_AGREEMENT} ram:BuyerTradeParty/{_CONTACT}
CII-SR-459 {_AGREEMENT} ram:SellerTradeParty/{_ADDRESS}
CII-SR-460 {_AGREEMENT} ram:BuyerTradeParty/{_ADDRESS}
CII-SR-461 {_SETTLEMENT} ram:ApplicableTradeTax/ram:TaxPointDate
CII-SR-469 {_SETTLEMENT} ram:PaymentReference
CII-SR-471 ram:SpecifiedTradeAllowanceCharge ram:RateApplicablePercent
CII-SR-472 ram:SpecifiedTradeAllowanceCharge ram:CategoryTradeTax
CII-SR-473 ram:SpecifiedTradeAllowanceCharge ram:ActualAmount
CII-SR-477 {_TOTALS} ram:LineTotalAmount
CII-SR-478 {_TOTALS} ram:ChargeTotalAmount
CII-SR-479 {_TOTALS} ram:AllowanceTotalAmount
CII-SR-480 {_TOTALS} ram:TaxBasisTotalAmount
CII-SR-481 {_TOTALS} ram:RoundingAmount
CII-SR-482 {_TOTALS} ram:GrandTotalAmount
CII-SR-483 {_TOTALS} ram:InformationAmount
CII-SR-484 {_TOTALS} ram:TotalPrepaidAmount
CII-SR-485 {_TOTALS} ram:TotalDiscountAmount
CII-SR-486 {_TOTALS} ram:TotalAllowanceChargeAmount
CII-SR-487 {_TOTALS} ram:DuePayableAmount
CII-SR-488 {_TOTALS} ram:RetailValueExcludingTaxInformationAmount
CII-SR-489 {_TOTALS} ram:TotalDepositFeeInformationAmount
CII-SR-490 {_TOTALS} ram:ProductValueExcludingTobaccoTaxInformationAmount
CII-SR-491 {_TOTALS} ram:TotalRetailValueInformationAmount
CII-SR-492 {_TOTALS} ram:GrossLineTotalAmount
CII-SR-493 {_TOTALS} ram:NetLineTotalAmount
CII-SR-494 {_TOTALS} ram:NetIncludingTaxesLineTotalAmount
"""

_AT_MOST_ONCE_ELSE_WARNING = f"""
CII-SR-003 rsm:ExchangedDocumentContext ram:BusinessProcessSpecifiedDocumentContextParameter
CII-SR-039 ram:AssociatedDocumentLineDocument ram:IncludedNote
CII-SR-040 ram:AssociatedDocumentLineDocument ram:IncludedNote/ram:Content
CII-SR-452 {_SETTLEMENT} ram:SpecifiedTradePaymentTerms
CII-SR-453 {_SETTLEMENT} ram:SpecifiedTradePaymentTerms/ram:Description
CII-SR-457 {_AGREEMENT} {_REFERENCE}[tender]/ram:IssuerAssignedID
CII-SR-458 {_AGREEMENT} {_REFERENCE}[object]/ram:IssuerAssignedID
CII-SR-474 {_LINE_SETTLEMENT} {_REFERENCE}[object-but-for-blanks]
CII-SR-475 {_AGREEMENT} {_REFERENCE}[supporting-but-for-blanks]/ram:Name
CII-SR-476 {_AGREEMENT} {_REFERENCE}[supporting-but-for-blanks]/ram:AttachmentBinaryObject
"""

_elements, _texts = CII_PATHS.elements, CII_PATHS.texts


def _count(path: str) -> Callable[[XmlElement], int]:
    elements = _elements(path)
    return lambda element: len(elements(element))


_guidelines, _guideline_ids = _count(_GUIDELINE), _count(f"{_GUIDELINE}/ram:ID")
_document_types, _note_texts = _count("ram:TypeCode"), _count("ram:Content")
_reasons_of_change = _elements(f"{_CHANGE}/ram:ChargeIndicator")
_changes_by = _elements(f"{_CHANGE}/ram:ActualAmount")
_allowances_on_price = _elements(f"{_CHANGE}[allowance]")
_item_identifiers, _item_schemes = _count("ram:GlobalID"), _texts("ram:GlobalID/@schemeID")
_names, _values = _count("ram:Description"), _count("ram:Value")
_origins, _origin_ids = _count("ram:OriginTradeCountry"), _count("ram:OriginTradeCountry/ram:ID")
_line_taxes = _count("ram:ApplicableTradeTax")
_indicators = _count("ram:ChargeIndicator")
_net_prices = _count("ram:NetPriceProductTradePrice/ram:ChargeAmount")
_changed_by = _count("ram:ActualAmount")
_vat_points = _texts(
    "ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:DueDateTypeCode",
    "ram:IncludedSupplyChainTradeLineItem/ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/ram:DueDateTypeCode",
)
_means_codes, _means_texts = _texts(f"{_MEANS}/ram:TypeCode"), _texts(f"{_MEANS}/ram:Information")
_codes = _texts("ram:TypeCode")
_ibans = _count("ram:PayeePartyCreditorFinancialAccount/ram:IBANID")
_other_accounts = _count("ram:PayeePartyCreditorFinancialAccount/ram:ProprietaryID")
_debtor_banks = _count("ram:PayerSpecifiedDebtorFinancialInstitution")


def _only_allowances_on_price(line: XmlElement, _: XmlElement) -> bool:
    """What changes the gross price is an allowance with an amount, or nothing is said of it."""
    if _allowances_on_price(line) and _changes_by(line):
        return True
    return not _reasons_of_change(line) and not _changes_by(line)


def _names_account(means: XmlElement, _: XmlElement) -> bool:
    is_transfer = any(code.strip() in CREDIT_TRANSFERS for code in _codes(means))
    return not is_transfer or bool(_ibans(means) or _other_accounts(means))


def _is_identified_once(party: str) -> Holds:
    """The party has an identifier, or a global one, not both."""
    own, of_world = _count(f"ram:{party}/ram:ID"), _count(f"ram:{party}/ram:GlobalID")
    return lambda element, _: not (own(element) and of_world(element))


def _is_one_text(texts: Texts) -> Holds:
    """All say the same, but for blanks."""
    return lambda element, _: len({" ".join(text.split()) for text in texts(element)}) <= 1


def _is_named_once(party: str) -> Holds:
    persons = _count(f"ram:{party}/{_CONTACT}/ram:PersonName")
    departments = _count(f"ram:{party}/{_CONTACT}/ram:DepartmentName")
    return lambda agreement, _: not (persons(agreement) and departments(agreement))


CII_STRUCTURE_RULES: tuple[ElementRule, ...] = (
    *at_most_once(_AT_MOST_ONCE, CII_PATHS),
    *at_most_once(_AT_MOST_ONCE_ELSE_WARNING, CII_PATHS, Severity.WARNING),
    *(
        element_rule(rule_id, at, text, holds, CII_PATHS, severity)
        for rule_id, at, severity, text, holds in (
            (
                "CII-SR-009",
                "rsm:ExchangedDocumentContext",
                Severity.ERROR,
                "The guideline is named exactly once.",
                lambda context, _: _guidelines(context) == 1,
            ),
            (
                "CII-SR-010",
                "rsm:ExchangedDocumentContext",
                Severity.ERROR,
                "The guideline has exactly one identifier.",
                lambda context, _: _guideline_ids(context) == 1,
            ),
            (
                "CII-SR-014",
                "rsm:ExchangedDocument",
                Severity.ERROR,
                "The document has exactly one type.",
                lambda document, _: _document_types(document) == 1,
            ),
            (
                "CII-SR-030",
                "ram:IncludedNote",
                Severity.WARNING,
                "A note of the document has at most one text.",
                lambda note, parent: parent.name != CII_PATHS.name("rsm:ExchangedDocument")
                or _note_texts(note) <= 1,
            ),
            (
                "CII-SR-046",
                "ram:SpecifiedTradeProduct",
                Severity.ERROR,
                "The global identifier of an item has a scheme.",
                lambda item, _: not _item_identifiers(item) or bool(_item_schemes(item)),
            ),
            (
                "CII-SR-069",
                "ram:ApplicableProductCharacteristic",
                Severity.ERROR,
                "An attribute of an item has exactly one name.",
                lambda attribute, _: _names(attribute) == 1,
            ),
            (
                "CII-SR-072",
                "ram:ApplicableProductCharacteristic",
                Severity.ERROR,
                "An attribute of an item has exactly one value.",
                lambda attribute, _: _values(attribute) == 1,
            ),
            (
                "CII-SR-090",
                "ram:SpecifiedTradeProduct",
                Severity.ERROR,
                "The country of origin is named exactly once.",
                lambda item, _: not _origins(item) or _origin_ids(item) == 1,
            ),
            (
                "CII-SR-119",
                _LINE_AGREEMENT,
                Severity.WARNING,
                "A gross price is changed by allowances only.",
                _only_allowances_on_price,
            ),
            (
                "CII-SR-439",
                _LINE_AGREEMENT,
                Severity.ERROR,
                "A line has exactly one net price.",
                lambda line, _: _net_prices(line) == 1,
            ),
            (
                "CII-SR-462",
                "rsm:SupplyChainTradeTransaction",
                Severity.ERROR,
                "All VAT categories have the same VAT point.",
                lambda transaction, _: len({*_vat_points(transaction)}) <= 1,
            ),
            (
                "CII-SR-465",
                _AGREEMENT,
                Severity.WARNING,
                "The seller's contact is a person or a department.",
                _is_named_once("SellerTradeParty"),
            ),
            (
                "CII-SR-466",
                _AGREEMENT,
                Severity.WARNING,
                "The buyer's contact is a person or a department.",
                _is_named_once("BuyerTradeParty"),
            ),
            (
                "CII-SR-454",
                _LINE_SETTLEMENT,
                Severity.WARNING,
                "A line has exactly one VAT category.",
                lambda line, _: _line_taxes(line) == 1,
            ),
            (
                "CII-SR-470",
                _MEANS,
                Severity.ERROR,
                "A credit transfer names an account, by its IBAN or by another number.",
                _names_account,
            ),
            (
                "CII-SR-440",
                "ram:AppliedTradeAllowanceCharge",
                Severity.ERROR,
                "What changes a gross price has one amount at most.",
                lambda change, price: price.name
                != CII_PATHS.name("ram:GrossPriceProductTradePrice")
                or _changed_by(change) <= 1,
            ),
            *(
                (
                    rule_id,
                    at,
                    Severity.WARNING,
                    "The party has an identifier or a global identifier, not both.",
                    _is_identified_once(party),
                )
                for rule_id, at, party in (
                    ("CII-SR-449", _DELIVERY, "ShipToTradeParty"),
                    ("CII-SR-450", _AGREEMENT, "BuyerTradeParty"),
                    ("CII-SR-451", _SETTLEMENT, "PayeeTradeParty"),
                )
            ),
            (
                "CII-SR-463",
                "ram:SpecifiedTradeAllowanceCharge",
                Severity.ERROR,
                "An allowance or charge says which of the two it is.",
                lambda change, _: _indicators(change) > 0,
            ),
            (
                "CII-SR-464",
                _MEANS,
                Severity.WARNING,
                "The bank of the payer is not stated.",
                lambda means, _: not _debtor_banks(means),
            ),
            (
                "CII-SR-467",
                _SETTLEMENT,
                Severity.ERROR,
                "All payment instructions have the same means of payment.",
                _is_one_text(_means_codes),
            ),
            (
                "CII-SR-468",
                _SETTLEMENT,
                Severity.ERROR,
                "All payment instructions have the same text of the means of payment.",
                _is_one_text(_means_texts),
            ),
        )
    ),
)
