"""Small e-invoices whose sums close, each as different as its number."""

from decimal import Decimal

_NAMESPACES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'
    ' xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"'
    ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
)


def ubl_invoice(
    number: str = "R-1",
    *,
    net: str = "100.00",
    seller: str = "Nordwind GmbH",
    currency: str = "EUR",
    issue_date: str = "2026-11-02",
    declared_total: str | None = None,
    lines: int = 1,
) -> bytes:
    """Returns a UBL invoice of equal lines at 19 % VAT; another `declared_total` than the sum makes BR-CO-15 fail."""
    line = Decimal(net)
    total = line * lines
    vat = (total * Decimal("0.19")).quantize(Decimal("0.01"))
    with_vat = total + vat
    declared = declared_total or str(with_vat)

    def amount(name: str, value: object) -> str:
        return f'<cbc:{name} currencyID="{currency}">{value}</cbc:{name}>'

    def party(name: str) -> str:
        return (
            "<cac:Party><cac:PartyLegalEntity>"
            f"<cbc:RegistrationName>{name}</cbc:RegistrationName>"
            "</cac:PartyLegalEntity></cac:Party>"
        )

    invoice_lines = "".join(
        f"<cac:InvoiceLine><cbc:ID>{position}</cbc:ID>"
        '<cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>'
        f"{amount('LineExtensionAmount', line)}"
        f"<cac:Item><cbc:Name>Service {position}</cbc:Name></cac:Item>"
        f"<cac:Price>{amount('PriceAmount', line)}</cac:Price></cac:InvoiceLine>"
        for position in range(1, lines + 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Invoice {_NAMESPACES}>'
        f"<cbc:ID>{number}</cbc:ID><cbc:IssueDate>{issue_date}</cbc:IssueDate>"
        f"<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>"
        f"<cbc:DocumentCurrencyCode>{currency}</cbc:DocumentCurrencyCode>"
        f"<cac:AccountingSupplierParty>{party(seller)}</cac:AccountingSupplierParty>"
        f"<cac:AccountingCustomerParty>{party('Customer AG')}</cac:AccountingCustomerParty>"
        f"<cac:TaxTotal>{amount('TaxAmount', vat)}<cac:TaxSubtotal>"
        f"{amount('TaxableAmount', total)}{amount('TaxAmount', vat)}"
        "<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:TaxCategory>"
        "</cac:TaxSubtotal></cac:TaxTotal><cac:LegalMonetaryTotal>"
        f"{amount('LineExtensionAmount', total)}{amount('TaxExclusiveAmount', total)}"
        f"{amount('TaxInclusiveAmount', declared)}{amount('PayableAmount', declared)}"
        f"</cac:LegalMonetaryTotal>{invoice_lines}</Invoice>"
    ).encode()


def fatturapa_invoices(*numbers: str) -> bytes:
    """Returns one FatturaPA file with an invoice of each number, of 122.00 EUR each."""
    return (
        '<p:FatturaElettronica versione="FPR12" '
        'xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">'
        "<FatturaElettronicaHeader><DatiTrasmissione><FormatoTrasmissione>FPR12</FormatoTrasmissione>"
        "</DatiTrasmissione><CedentePrestatore><DatiAnagrafici><IdFiscaleIVA><IdPaese>IT</IdPaese>"
        "<IdCodice>12345678903</IdCodice></IdFiscaleIVA><Anagrafica><Denominazione>Alfa S.r.l.</Denominazione>"
        "</Anagrafica></DatiAnagrafici></CedentePrestatore><CessionarioCommittente><DatiAnagrafici>"
        "<Anagrafica><Denominazione>Beta S.r.l.</Denominazione></Anagrafica></DatiAnagrafici>"
        "</CessionarioCommittente></FatturaElettronicaHeader>"
        + "".join(map(_body, numbers))
        + "</p:FatturaElettronica>"
    ).encode()


def _body(number: str) -> str:
    return (
        "<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>TD01</TipoDocumento>"
        f"<Divisa>EUR</Divisa><Data>2025-03-01</Data><Numero>{number}</Numero>"
        "<ImportoTotaleDocumento>122.00</ImportoTotaleDocumento></DatiGeneraliDocumento></DatiGenerali>"
        "<DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Work</Descrizione>"
        "<PrezzoUnitario>100.00</PrezzoUnitario><PrezzoTotale>100.00</PrezzoTotale>"
        "<AliquotaIVA>22.00</AliquotaIVA></DettaglioLinee><DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA>"
        "<ImponibileImporto>100.00</ImponibileImporto><Imposta>22.00</Imposta></DatiRiepilogo>"
        "</DatiBeniServizi></FatturaElettronicaBody>"
    )
