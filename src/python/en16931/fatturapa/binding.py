"""Where the terms of EN 16931 stand in FatturaPA 1.2 (ordinary invoices), after the mapping of the Italian rules of use.

The format has no sum of the lines, and a net total and a VAT total only where it has one row of VAT: what several rows add
up to it does not state. Discounts of the document do not change what VAT is due on; they count in its total alone.
"""

from en16931.binding import values
from en16931.binding.table import (
    Joined,
    Many,
    Members,
    One,
    Several,
    Stated,
    Value,
    calendar_date,
    decimal,
    embedded,
    text,
    total,
)
from en16931.fatturapa import codes
from en16931.model import (
    AttachedDocument,
    Buyer,
    CashDiscount,
    Contact,
    CreditTransfer,
    Delivery,
    DocumentAllowance,
    DocumentCharge,
    DocumentTotals,
    Extras,
    Identifier,
    Instalment,
    InvoiceContent,
    InvoiceLine,
    InvoiceNote,
    Item,
    ItemAttribute,
    LineAllowance,
    LineCharge,
    LineExtras,
    LineVat,
    PaymentInstructions,
    Period,
    PostalAddress,
    PrecedingInvoice,
    PriceDetails,
    ProcessControl,
    Seller,
    SellerTaxRepresentative,
    SupportingDocument,
    VatBreakdown,
)

_HEADER = "FatturaElettronicaHeader"
_SENDING = f"{_HEADER}/DatiTrasmissione"
BODY = "FatturaElettronicaBody"
_GENERAL = f"{BODY}/DatiGenerali"
_DOCUMENT = f"{_GENERAL}/DatiGeneraliDocumento"
_ROW = f"{BODY}/DatiBeniServizi/DatiRiepilogo"
_PAYMENT = f"{BODY}/DatiPagamento/DettaglioPagamento"
_REFERENCES = ("DatiOrdineAcquisto", "DatiContratto", "DatiConvenzione", "DatiRicezione")

CURRENCY_PATH = f"{_DOCUMENT}/Divisa"


def _agreed(*paths: str) -> Value:
    return text(*paths, several=Several.AGREED)


def _category(*paths: str) -> Value:
    return Value(paths, codes.vat_category)


def _name(person: str) -> Joined:
    return Joined((f"{person}/Denominazione", f"{person}/Nome", f"{person}/Cognome"))


def _vat_identifier(owner: str) -> Joined:
    return Joined((f"{owner}/IdFiscaleIVA/IdPaese", f"{owner}/IdFiscaleIVA/IdCodice"), "")


def _address(path: str) -> One:
    members: Members = {
        "line_1": Joined(("Indirizzo", "NumeroCivico")),
        "city": text("Comune"),
        "post_code": text("CAP"),
        "country_subdivision": text("Provincia"),
        "country_code": text("Nazione"),
    }
    return One(PostalAddress, path, members)


_SELLER: Members = {
    "name": _name("DatiAnagrafici/Anagrafica"),
    "legal_registration_identifier": One(
        Identifier, "IscrizioneREA", {"value": Joined(("Ufficio", "NumeroREA"), "-")}
    ),
    "vat_identifier": _vat_identifier("DatiAnagrafici"),
    "tax_registration_identifier": text("DatiAnagrafici/CodiceFiscale"),
    "postal_address": _address("Sede"),
    "contact": One(
        Contact,
        "Contatti",
        {"telephone_number": text("Telefono"), "email_address": text("Email")},
    ),
}

_OWN = "CessionarioCommittente/DatiAnagrafici"
# Seven zeros: the recipient has no code; seven X: it is abroad.
_RECIPIENT = "DatiTrasmissione/CodiceDestinatario[not(.='0000000' or .='XXXXXXX')]"

_BUYER: Members = {
    "name": _name(f"{_OWN}/Anagrafica"),
    "identifier": One(
        Identifier,
        f"{_OWN}/CodiceFiscale",
        {"value": text("."), "scheme_id": Value((".",), codes.tax_code_scheme)},
    ),
    "vat_identifier": _vat_identifier(_OWN),
    "electronic_address": (
        One(
            Identifier,
            _RECIPIENT,
            {"value": text("."), "scheme_id": Value((".",), codes.recipient_scheme)},
        ),
        One(
            Identifier,
            "DatiTrasmissione/PECDestinatario",
            {"value": text("."), "scheme_id": Value((".",), codes.certified_mail_scheme)},
        ),
    ),
    "postal_address": _address("CessionarioCommittente/Sede"),
}

_TAX_REPRESENTATIVE: Members = {
    "name": _name("DatiAnagrafici/Anagrafica"),
    "vat_identifier": _vat_identifier("DatiAnagrafici"),
}

_CREDIT_TRANSFER: Members = {
    "account_identifier": text("IBAN"),
    "account_name": text("Beneficiario"),
    "service_provider_identifier": text("BIC"),
}

_PAYMENT_MEMBERS: Members = {
    "means_type_code": Value(
        (f"{_PAYMENT}/ModalitaPagamento",), codes.means_type_code, Several.AGREED
    ),
    "remittance_information": _agreed(f"{_PAYMENT}/CodicePagamento"),
    "credit_transfers": Many(CreditTransfer, f"{_PAYMENT}[IBAN]", _CREDIT_TRANSFER),
}

_ALLOWANCE_OR_CHARGE: Members = {
    "amount": decimal("Importo"),
    "percentage": decimal("Percentuale"),
}

_PENSION_FUND: Members = {
    "amount": decimal("ImportoContributoCassa"),
    "base_amount": decimal("ImponibileCassa"),
    "percentage": decimal("AlCassa"),
    "vat_category_code": _category("Natura", "AliquotaIVA"),
    "vat_rate": decimal("AliquotaIVA"),
    "reason": text("TipoCassa"),
}

_ACCESSORY: Members = {
    "amount": decimal("SpeseAccessorie"),
    "vat_category_code": _category("Natura", "AliquotaIVA"),
    "vat_rate": decimal("AliquotaIVA"),
}

_TOTALS: Members = {
    "amount_without_vat": decimal(f"{_ROW}/ImponibileImporto", several=Several.SOLE),
    "vat_amount": decimal(f"{_ROW}/Imposta", several=Several.SOLE),
    "amount_with_vat": total(f"{_DOCUMENT}/ImportoTotaleDocumento"),
    "rounding_amount": total(f"{_DOCUMENT}/Arrotondamento"),
    "amount_due": decimal(f"{_PAYMENT}/ImportoPagamento", several=Several.SOLE),
}

_VAT_BREAKDOWN: Members = {
    "taxable_amount": decimal("ImponibileImporto"),
    "tax_amount": decimal("Imposta"),
    "category_code": _category(".[EsigibilitaIVA='S']/EsigibilitaIVA", "Natura", "AliquotaIVA"),
    "rate": decimal("AliquotaIVA"),
    "exemption_reason": text("RiferimentoNormativo"),
}


def _reference(path: str, number: str) -> Many:
    """Several documents of a kind of which EN 16931 names one."""
    members: Members = {"reference": One(Identifier, number, {"value": text(".")})}
    return Many(SupportingDocument, path, members, at_least=2)


_ATTACHMENT: Members = {
    "reference": One(Identifier, "NomeAttachment", {"value": text(".")}),
    "description": text("DescrizioneAttachment"),
    "attached_document": One(
        AttachedDocument,
        ".",
        {
            "sha256": embedded(values.embedded_sha256, "Attachment"),
            "mime_type": Value(("FormatoAttachment",), codes.media_type),
            "file_name": text("NomeAttachment"),
            "size_bytes": embedded(values.embedded_size_bytes, "Attachment"),
        },
    ),
}

_DISCOUNT = "ScontoMaggiorazione[Tipo='SC']"
_SURCHARGE = "ScontoMaggiorazione[Tipo='MG']"
_BAR_CODE = "CodiceArticolo[CodiceTipo='EAN' or CodiceTipo='GTIN']"
_OTHER_CODE = "CodiceArticolo[not(CodiceTipo='EAN' or CodiceTipo='GTIN')]"

_CODE: Members = {"value": text("CodiceValore"), "scheme_id": text("CodiceTipo")}

_LINE: Members = {
    "identifier": text("NumeroLinea"),
    "invoiced_quantity": decimal("Quantita"),
    "quantity_unit_code": text("UnitaMisura"),
    "net_amount": decimal("PrezzoTotale"),
    "buyer_accounting_reference": text("RiferimentoAmministrazione"),
    "period": One(
        Period,
        ".",
        {
            "start_date": calendar_date("DataInizioPeriodo"),
            "end_date": calendar_date("DataFinePeriodo"),
        },
    ),
    # An amount here is one of the price, and not of the line.
    "allowances": Many(
        LineAllowance, f"{_DISCOUNT}[not(Importo)]", {"percentage": decimal("Percentuale")}
    ),
    "charges": Many(LineCharge, _SURCHARGE, {"percentage": decimal("Percentuale")}),
    "price": One(
        PriceDetails,
        ".",
        {
            "net_price": decimal(".[not(ScontoMaggiorazione)]/PrezzoUnitario"),
            "discount": decimal(f"{_DISCOUNT}/Importo", several=Several.SOLE),
            "gross_price": decimal(".[ScontoMaggiorazione]/PrezzoUnitario"),
        },
    ),
    "vat": One(
        LineVat,
        ".",
        {
            "category_code": _category("Natura", "AliquotaIVA"),
            "rate": decimal("AliquotaIVA"),
        },
    ),
    "item": One(
        Item,
        ".",
        {
            "name": text("Descrizione"),
            "sellers_identifier": _agreed(f"{_OTHER_CODE}/CodiceValore"),
            "classification_identifiers": Many(Identifier, _OTHER_CODE, _CODE, at_least=2),
            "standard_identifier": One(Identifier, _BAR_CODE, _CODE),
            "attributes": Many(
                ItemAttribute,
                "AltriDatiGestionali",
                {
                    "name": text("TipoDato"),
                    "value": text("RiferimentoTesto", "RiferimentoNumero", "RiferimentoData"),
                },
            ),
        },
    ),
    "extras": One(
        LineExtras,
        ".",
        {
            "position": Stated(lambda index: index + 1),
            "kind": Value(("TipoCessionePrestazione",), codes.line_kind),
        },
    ),
}

_EXTRAS: Members = {
    "document_kind": Value((f"{_DOCUMENT}/TipoDocumento",), codes.document_kind),
    "sign_convention": Value(
        (f"{_DOCUMENT}[TipoDocumento='TD04']/ImportoTotaleDocumento",), values.sign_convention
    ),
    "cash_discounts": Many(
        CashDiscount,
        f"{_PAYMENT}[ScontoPagamentoAnticipato]",
        {
            "due_date": calendar_date("DataLimitePagamentoAnticipato"),
            "amount": decimal("ScontoPagamentoAnticipato"),
        },
    ),
    "instalments": Many(
        Instalment,
        _PAYMENT,
        {
            "due_date": calendar_date("DataScadenzaPagamento"),
            "amount": decimal("ImportoPagamento"),
        },
        at_least=2,
    ),
    "stamp_duty_amount": decimal(f"{_DOCUMENT}/DatiBollo/ImportoBollo"),
    "withholding_amount": decimal(
        f"{_DOCUMENT}/DatiRitenuta/ImportoRitenuta", several=Several.ADDED
    ),
}

FATTURAPA = One(
    InvoiceContent,
    ".",
    {
        "invoice_number": text(f"{_DOCUMENT}/Numero"),
        "issue_date": calendar_date(f"{_DOCUMENT}/Data"),
        "type_code": Value((f"{_DOCUMENT}/TipoDocumento",), codes.type_code),
        "currency_code": text(CURRENCY_PATH),
        "vat_point_date_code": Value(
            (f"{_ROW}/EsigibilitaIVA",), codes.vat_point_code, Several.AGREED
        ),
        "payment_due_date": calendar_date(
            f"{_PAYMENT}/DataScadenzaPagamento", several=Several.SOLE
        ),
        "project_reference": _agreed(*(f"{_GENERAL}/{name}/CodiceCUP" for name in _REFERENCES)),
        "contract_reference": _agreed(
            f"{_GENERAL}/DatiContratto/IdDocumento", f"{_GENERAL}/DatiConvenzione/IdDocumento"
        ),
        "purchase_order_reference": _agreed(f"{_GENERAL}/DatiOrdineAcquisto/IdDocumento"),
        "receiving_advice_reference": _agreed(f"{_GENERAL}/DatiRicezione/IdDocumento"),
        "despatch_advice_reference": _agreed(f"{_GENERAL}/DatiDDT/NumeroDDT"),
        "tender_or_lot_reference": _agreed(
            *(f"{_GENERAL}/{name}/CodiceCIG" for name in _REFERENCES)
        ),
        "buyer_accounting_reference": text(
            f"{_HEADER}/CedentePrestatore/RiferimentoAmministrazione"
        ),
        "notes": Many(InvoiceNote, f"{_DOCUMENT}/Causale", {"note": text(".")}),
        "process_control": One(
            ProcessControl,
            ".",
            {"specification_identifier": text(f"{_SENDING}/FormatoTrasmissione", "@versione")},
        ),
        "preceding_invoices": Many(
            PrecedingInvoice,
            f"{_GENERAL}/DatiFattureCollegate",
            {"reference": text("IdDocumento"), "issue_date": calendar_date("Data")},
        ),
        "seller": One(Seller, f"{_HEADER}/CedentePrestatore", _SELLER),
        "buyer": One(Buyer, _HEADER, _BUYER),
        "seller_tax_representative": One(
            SellerTaxRepresentative, f"{_HEADER}/RappresentanteFiscale", _TAX_REPRESENTATIVE
        ),
        "delivery": One(
            Delivery,
            f"{_GENERAL}/DatiTrasporto",
            {
                "actual_delivery_date": calendar_date("DataOraConsegna"),
                "deliver_to_address": _address("IndirizzoResa"),
            },
        ),
        "payment_instructions": One(PaymentInstructions, ".", _PAYMENT_MEMBERS),
        "allowances": Many(DocumentAllowance, f"{_DOCUMENT}/{_DISCOUNT}", _ALLOWANCE_OR_CHARGE),
        "charges": (
            Many(DocumentCharge, f"{_DOCUMENT}/DatiCassaPrevidenziale", _PENSION_FUND),
            Many(DocumentCharge, f"{_ROW}[SpeseAccessorie]", _ACCESSORY),
            Many(DocumentCharge, f"{_DOCUMENT}/{_SURCHARGE}", _ALLOWANCE_OR_CHARGE),
        ),
        "totals": One(DocumentTotals, ".", _TOTALS),
        "vat_breakdown": Many(VatBreakdown, _ROW, _VAT_BREAKDOWN),
        "supporting_documents": (
            Many(SupportingDocument, f"{BODY}/Allegati", _ATTACHMENT),
            _reference(f"{_GENERAL}/DatiOrdineAcquisto", "IdDocumento"),
            _reference(f"{_GENERAL}/DatiContratto", "IdDocumento"),
            _reference(f"{_GENERAL}/DatiDDT", "NumeroDDT"),
        ),
        "lines": Many(InvoiceLine, f"{BODY}/DatiBeniServizi/DettaglioLinee", _LINE),
        "extras": One(Extras, ".", _EXTRAS),
    },
)
