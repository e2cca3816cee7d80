import base64
import hashlib
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from en16931.field_path import leaves
from en16931.model import (
    CashDiscount,
    CreditTransfer,
    DocumentAllowance,
    DocumentCharge,
    DocumentKind,
    Identifier,
    Instalment,
    ItemAttribute,
    LineKind,
    PostalAddress,
    SignConvention,
    VatBreakdown,
)
from en16931.namespaces import NAMESPACES
from en16931.reader import read_xml
from en16931.xml_reading import SeveralInvoices, Syntax, SyntaxNotRead, XmlReading

_NAMESPACE = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"
ATTACHED = b"what was done"

_HEADER = """<FatturaElettronicaHeader>
<DatiTrasmissione><FormatoTrasmissione>FPR12</FormatoTrasmissione>{recipient}</DatiTrasmissione>
<CedentePrestatore><DatiAnagrafici>
<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>12345678903</IdCodice></IdFiscaleIVA>
<CodiceFiscale>RSSGNC70A01H501X</CodiceFiscale>
<Anagrafica><Nome>Giancarlo</Nome><Cognome>Rossi</Cognome></Anagrafica>
</DatiAnagrafici>
<Sede><Indirizzo>Via Roma</Indirizzo><NumeroCivico>1/B</NumeroCivico><CAP>00100</CAP><Comune>Roma</Comune>
<Provincia>RM</Provincia><Nazione>IT</Nazione></Sede>
<IscrizioneREA><Ufficio>RM</Ufficio><NumeroREA>123456</NumeroREA></IscrizioneREA>
<Contatti><Telefono>06123</Telefono><Email>rossi@example.com</Email></Contatti>
<RiferimentoAmministrazione>REF-1</RiferimentoAmministrazione></CedentePrestatore>
<CessionarioCommittente><DatiAnagrafici><CodiceFiscale>09876543217</CodiceFiscale>
<Anagrafica><Denominazione>Beta S.r.l.</Denominazione></Anagrafica></DatiAnagrafici>
<Sede><Indirizzo>Via Torino 38</Indirizzo><CAP>20100</CAP><Comune>Milano</Comune><Nazione>IT</Nazione></Sede>
</CessionarioCommittente></FatturaElettronicaHeader>"""
_RECIPIENT = "<CodiceDestinatario>ABC1234</CodiceDestinatario>"
_ROW = (
    "<DatiRiepilogo><AliquotaIVA>22.00</AliquotaIVA><ImponibileImporto>100.00</ImponibileImporto>"
    "<Imposta>22.00</Imposta></DatiRiepilogo>"
)


def _document(
    *,
    kind: str = "TD01",
    document: str = "",
    general: str = "",
    lines: str = "",
    rows: str = _ROW,
    payment: str = "",
    more: str = "",
    recipient: str = _RECIPIENT,
) -> str:
    body = f"""<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>
<TipoDocumento>{kind}</TipoDocumento><Divisa>EUR</Divisa><Data>2025-03-01</Data><Numero>7/A</Numero>{document}
</DatiGeneraliDocumento>{general}</DatiGenerali><DatiBeniServizi>{lines}{rows}</DatiBeniServizi>
<DatiPagamento><CondizioniPagamento>TP02</CondizioniPagamento>{payment}</DatiPagamento>{more}
</FatturaElettronicaBody>"""
    return _HEADER.format(recipient=recipient) + body


def _read(inner: str, root: str = "p:FatturaElettronica", namespace: str = "xmlns:p") -> XmlReading:
    data = f'<{root} versione="FPR12" {namespace}="{_NAMESPACE}">{inner}</{root}>'.encode()
    reading = read_xml(data)
    _assert_bound(data, reading)
    return reading


def _assert_bound(data: bytes, reading: XmlReading) -> None:
    """Every value has places, each of which is one node."""
    assert {path for path, _ in leaves(reading.content)} == set(reading.places)
    tree = etree.fromstring(data)
    for place in reading.places.values():
        for part in (place, *place.others):
            nodes = tree.xpath(part.xpath, namespaces=dict(NAMESPACES[Syntax.FATTURAPA]))
            assert isinstance(nodes, list) and len(nodes) == 1, part.xpath


def test_parties_are_read_with_what_is_put_together() -> None:
    content = _read(_document()).content
    assert content.seller is not None and content.buyer is not None
    assert content.seller.name == "Giancarlo Rossi"
    assert content.seller.vat_identifier == "IT12345678903"
    assert content.seller.tax_registration_identifier == "RSSGNC70A01H501X"
    assert content.seller.legal_registration_identifier == Identifier(value="RM-123456")
    assert content.seller.postal_address == PostalAddress(
        line_1="Via Roma 1/B",
        city="Roma",
        post_code="00100",
        country_subdivision="RM",
        country_code="IT",
    )
    assert content.buyer.name == "Beta S.r.l."
    assert content.buyer.vat_identifier is None
    assert content.buyer.identifier == Identifier(value="09876543217", scheme_id="0210")
    assert content.buyer.electronic_address == Identifier(value="ABC1234")
    assert content.buyer_accounting_reference == "REF-1"


def test_a_value_of_two_elements_has_both_as_its_places() -> None:
    place = _read(_document()).places["seller.name"]
    seller = "/p:FatturaElettronica/FatturaElettronicaHeader/CedentePrestatore/DatiAnagrafici"
    assert place.xpath == f"{seller}/Anagrafica/Nome"
    assert [(other.xpath, other.raw_text) for other in place.others] == [
        (f"{seller}/Anagrafica/Cognome", "Rossi")
    ]


@pytest.mark.parametrize(
    ("recipient", "address"),
    [
        ("<CodiceDestinatario>UFABCD</CodiceDestinatario>", ("UFABCD", "0201")),
        (
            "<CodiceDestinatario>0000000</CodiceDestinatario>"
            "<PECDestinatario>beta@pec.example</PECDestinatario>",
            ("beta@pec.example", "EM"),
        ),
        ("<CodiceDestinatario>XXXXXXX</CodiceDestinatario>", None),
    ],
)
def test_the_recipient_is_an_electronic_address(
    recipient: str, address: tuple[str, str] | None
) -> None:
    buyer = _read(_document(recipient=recipient)).content.buyer
    assert buyer is not None
    read = buyer.electronic_address
    assert (read and (read.value, read.scheme_id)) == address


@pytest.mark.parametrize(
    ("root", "namespace"),
    [
        ("ns2:FatturaElettronica", "xmlns:ns2"),
        ("FatturaElettronica", "xmlns"),
        ("FatturaElettronica", "xmlns:unused"),
    ],
)
def test_prefixes_and_namespaces_make_no_difference(root: str, namespace: str) -> None:
    inner = _document()
    reading = _read(inner, root, namespace)
    assert reading.syntax is Syntax.FATTURAPA
    assert reading.content == _read(inner).content


@pytest.mark.parametrize(
    ("kind", "code", "document_kind"),
    [
        ("TD01", "380", DocumentKind.INVOICE),
        ("TD02", "386", DocumentKind.PREPAYMENT),
        ("TD04", "381", DocumentKind.CREDIT_NOTE),
        ("TD05", "383", DocumentKind.INVOICE),
        ("TD17", "389", DocumentKind.INVOICE),
        ("TD24", "380", DocumentKind.INVOICE),
        ("TD99", "TD99", DocumentKind.INVOICE),
    ],
)
def test_the_type_is_one_of_untdid_1001(kind: str, code: str, document_kind: DocumentKind) -> None:
    reading = _read(_document(kind=kind))
    assert reading.content.type_code == code
    assert reading.places["type_code"].raw_text == kind
    assert reading.content.extras is not None
    assert reading.content.extras.document_kind is document_kind


def test_a_credit_note_says_how_it_signs() -> None:
    total = "<ImportoTotaleDocumento>122.00</ImportoTotaleDocumento>"
    extras = _read(_document(kind="TD04", document=total)).content.extras
    assert extras is not None
    assert extras.sign_convention is SignConvention.CREDIT_IS_POSITIVE


def test_discounts_surcharges_funds_and_withholding_are_told_apart() -> None:
    document = """
<DatiRitenuta><ImportoRitenuta>12.00</ImportoRitenuta></DatiRitenuta>
<DatiRitenuta><ImportoRitenuta>8.00</ImportoRitenuta></DatiRitenuta>
<DatiBollo><BolloVirtuale>SI</BolloVirtuale><ImportoBollo>2.00</ImportoBollo></DatiBollo>
<DatiCassaPrevidenziale><TipoCassa>TC04</TipoCassa><AlCassa>4.00</AlCassa>
<ImportoContributoCassa>4.00</ImportoContributoCassa><ImponibileCassa>100.00</ImponibileCassa>
<AliquotaIVA>22.00</AliquotaIVA></DatiCassaPrevidenziale>
<ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>5.00</Percentuale><Importo>6.34</Importo></ScontoMaggiorazione>
<ScontoMaggiorazione><Tipo>MG</Tipo><Importo>2.00</Importo></ScontoMaggiorazione>
<ImportoTotaleDocumento>122.54</ImportoTotaleDocumento><Arrotondamento>0.01</Arrotondamento>"""
    reading = _read(_document(document=document))
    content = reading.content
    assert content.allowances == (
        DocumentAllowance(amount=Decimal("6.34"), percentage=Decimal("5.00")),
    )
    assert content.charges == (
        DocumentCharge(
            amount=Decimal("4.00"),
            base_amount=Decimal("100.00"),
            percentage=Decimal("4.00"),
            vat_category_code="S",
            vat_rate=Decimal("22.00"),
            reason="TC04",
        ),
        DocumentCharge(amount=Decimal("2.00")),
    )
    assert content.extras is not None
    assert content.extras.stamp_duty_amount == Decimal("2.00")
    assert content.extras.withholding_amount == Decimal("20.00")
    place = reading.places["extras.withholding_amount"]
    assert [part.raw_text for part in (place, *place.others)] == ["12.00", "8.00"]
    assert content.totals is not None
    assert content.totals.amount_with_vat == Decimal("122.54")
    assert content.totals.rounding_amount == Decimal("0.01")


def _vat_row(rate: str, taxable: str, tax: str, more: str = "", nature: str = "") -> str:
    return (
        f"<DatiRiepilogo><AliquotaIVA>{rate}</AliquotaIVA>{nature}<ImponibileImporto>{taxable}"
        f"</ImponibileImporto><Imposta>{tax}</Imposta>{more}</DatiRiepilogo>"
    )


@pytest.mark.parametrize(
    ("nature", "category"),
    [
        ("N1", "O"),
        ("N2.2", "O"),
        ("N3.1", "G"),
        ("N3.2", "K"),
        ("N3.5", "E"),
        ("N4", "E"),
        ("N6.3", "AE"),
        ("N7", "O"),
        ("N99", "N99"),
    ],
)
def test_a_row_without_vat_has_the_category_of_its_nature(nature: str, category: str) -> None:
    why = "<RiferimentoNormativo>Art. 10</RiferimentoNormativo>"
    row = _vat_row("0.00", "100.00", "0.00", why, f"<Natura>{nature}</Natura>")
    assert _read(_document(rows=row)).content.vat_breakdown == (
        VatBreakdown(
            taxable_amount=Decimal("100.00"),
            tax_amount=Decimal("0.00"),
            category_code=category,
            rate=Decimal("0.00"),
            exemption_reason="Art. 10",
        ),
    )


def test_split_payment_and_later_vat_are_told() -> None:
    split = _vat_row("22.00", "100.00", "22.00", "<EsigibilitaIVA>S</EsigibilitaIVA>")
    assert _read(_document(rows=split)).content.vat_breakdown[0].category_code == "B"
    later = _vat_row("22.00", "100.00", "22.00", "<EsigibilitaIVA>D</EsigibilitaIVA>")
    content = _read(_document(rows=later)).content
    assert (content.vat_breakdown[0].category_code, content.vat_point_date_code) == ("S", "432")


def test_totals_of_vat_are_stated_by_one_row_alone() -> None:
    one = _read(_document()).content.totals
    assert one is not None
    assert (one.amount_without_vat, one.vat_amount) == (Decimal("100.00"), Decimal("22.00"))
    several = _read(_document(rows=_ROW + _vat_row("10.00", "50.00", "5.00"))).content
    assert len(several.vat_breakdown) == 2
    assert several.totals is None


def _instalment(due: str, amount: str) -> str:
    return (
        "<DettaglioPagamento><Beneficiario>Rossi</Beneficiario><ModalitaPagamento>MP05</ModalitaPagamento>"
        f"<DataScadenzaPagamento>{due}</DataScadenzaPagamento><ImportoPagamento>{amount}</ImportoPagamento>"
        "<IBAN>IT60X0542811101000000123456</IBAN><BIC>BCITITMM</BIC></DettaglioPagamento>"
    )


_TRANSFER = CreditTransfer(
    account_identifier="IT60X0542811101000000123456",
    account_name="Rossi",
    service_provider_identifier="BCITITMM",
)


def test_one_payment_is_due_whole() -> None:
    content = _read(_document(payment=_instalment("2025-03-31", "122.00"))).content
    assert content.payment_due_date == date(2025, 3, 31)
    assert content.totals is not None and content.totals.amount_due == Decimal("122.00")
    assert content.payment_instructions is not None
    assert content.payment_instructions.means_type_code == "30"
    assert content.payment_instructions.credit_transfers == (_TRANSFER,)
    assert content.extras is not None and content.extras.instalments == ()


def test_several_payments_are_instalments_and_none_is_due_whole() -> None:
    payment = _instalment("2025-03-31", "61.00") + _instalment("2025-04-30", "61.00")
    content = _read(_document(payment=payment)).content
    assert content.payment_due_date is None
    assert content.totals is not None and content.totals.amount_due is None
    assert content.extras is not None
    assert content.extras.instalments == (
        Instalment(due_date=date(2025, 3, 31), amount=Decimal("61.00")),
        Instalment(due_date=date(2025, 4, 30), amount=Decimal("61.00")),
    )


def test_a_discount_for_early_payment_is_read() -> None:
    early = (
        "<DettaglioPagamento><ImportoPagamento>122.00</ImportoPagamento><ScontoPagamentoAnticipato>2.00"
        "</ScontoPagamentoAnticipato><DataLimitePagamentoAnticipato>2025-03-10</DataLimitePagamentoAnticipato>"
        "</DettaglioPagamento>"
    )
    extras = _read(_document(payment=early)).content.extras
    assert extras is not None
    assert extras.cash_discounts == (
        CashDiscount(due_date=date(2025, 3, 10), amount=Decimal("2.00")),
    )


def test_references_notes_and_files_are_read() -> None:
    general = """
<DatiOrdineAcquisto><IdDocumento>PO-1</IdDocumento><CodiceCUP>CUP1</CodiceCUP><CodiceCIG>CIG1</CodiceCIG>
</DatiOrdineAcquisto><DatiContratto><IdDocumento>C-1</IdDocumento></DatiContratto>
<DatiRicezione><IdDocumento>R-1</IdDocumento></DatiRicezione>
<DatiFattureCollegate><IdDocumento>6/A</IdDocumento><Data>2025-02-01</Data></DatiFattureCollegate>
<DatiDDT><NumeroDDT>D-1</NumeroDDT></DatiDDT><DatiDDT><NumeroDDT>D-2</NumeroDDT></DatiDDT>
<DatiTrasporto><DataOraConsegna>2025-02-20T16:46:12.000+02:00</DataOraConsegna></DatiTrasporto>"""
    files = (
        "<Allegati><NomeAttachment>works.pdf</NomeAttachment><FormatoAttachment>pdf</FormatoAttachment>"
        f"<Attachment>{base64.b64encode(ATTACHED).decode()}</Attachment></Allegati>"
    )
    document = "<Causale>First</Causale><Causale>Second</Causale>"
    content = _read(_document(document=document, general=general, more=files)).content
    assert content.purchase_order_reference == "PO-1"
    assert content.project_reference == "CUP1"
    assert content.tender_or_lot_reference == "CIG1"
    assert content.contract_reference == "C-1"
    assert content.receiving_advice_reference == "R-1"
    assert content.preceding_invoices[0].reference == "6/A"
    assert content.delivery is not None
    assert content.delivery.actual_delivery_date == date(2025, 2, 20)
    assert [note.note for note in content.notes] == ["First", "Second"]
    assert content.despatch_advice_reference is None
    attached, *notes = content.supporting_documents
    assert [note.reference for note in notes] == [Identifier(value="D-1"), Identifier(value="D-2")]
    assert attached.reference == Identifier(value="works.pdf")
    assert attached.attached_document is not None
    assert attached.attached_document.mime_type == "application/pdf"
    assert attached.attached_document.sha256 == hashlib.sha256(ATTACHED).hexdigest()
    assert attached.attached_document.size_bytes == len(ATTACHED)


def test_a_line_is_read_whole() -> None:
    line = """<DettaglioLinee><NumeroLinea>1</NumeroLinea><TipoCessionePrestazione>AC</TipoCessionePrestazione>
<CodiceArticolo><CodiceTipo>Interno</CodiceTipo><CodiceValore>A-1</CodiceValore></CodiceArticolo>
<CodiceArticolo><CodiceTipo>EAN</CodiceTipo><CodiceValore>4006381333931</CodiceValore></CodiceArticolo>
<Descrizione>Sviluppo</Descrizione><Quantita>20.00</Quantita><UnitaMisura>h</UnitaMisura>
<DataInizioPeriodo>2025-02-01</DataInizioPeriodo><DataFinePeriodo>2025-02-28</DataFinePeriodo>
<PrezzoUnitario>90.00</PrezzoUnitario>
<ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>10.00</Percentuale><Importo>9.0000</Importo></ScontoMaggiorazione>
<PrezzoTotale>1620.00</PrezzoTotale><AliquotaIVA>22.00</AliquotaIVA>
<AltriDatiGestionali><TipoDato>NOTE</TipoDato><RiferimentoNumero>3</RiferimentoNumero></AltriDatiGestionali>
</DettaglioLinee><DettaglioLinee><NumeroLinea>2</NumeroLinea><Descrizione>Altro</Descrizione>
<PrezzoUnitario>100.00</PrezzoUnitario><PrezzoTotale>100.00</PrezzoTotale><AliquotaIVA>0.00</AliquotaIVA>
<Natura>N2.2</Natura></DettaglioLinee>"""
    first, second = _read(_document(lines=line)).content.lines
    assert first.price is not None and first.item is not None and first.period is not None
    assert (first.price.net_price, first.price.gross_price) == (None, Decimal("90.00"))
    assert first.price.discount == Decimal("9.0000")
    assert first.net_amount == Decimal("1620.00")
    assert first.allowances == ()
    assert first.extras is not None and first.extras.kind is LineKind.SURCHARGE
    assert first.item.sellers_identifier == "A-1"
    assert first.item.standard_identifier == Identifier(value="4006381333931", scheme_id="EAN")
    assert first.item.attributes == (ItemAttribute(name="NOTE", value="3"),)
    assert second.price is not None and second.price.net_price == Decimal("100.00")
    assert second.vat is not None
    assert (second.vat.category_code, second.vat.rate) == ("O", Decimal("0.00"))


def test_several_invoices_in_one_file_are_not_read_as_one() -> None:
    inner = _document()
    body = inner[inner.index("<FatturaElettronicaBody>") :]
    with pytest.raises(SeveralInvoices):
        _read(inner + body)


@pytest.mark.parametrize(
    ("root", "namespace"),
    [
        (
            "FatturaElettronicaSemplificata",
            "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.0",
        ),
        ("FatturaElettronica", "http://www.fatturapa.gov.it/sdi/fatturapa/v1.1"),
    ],
)
def test_other_kinds_of_fatturapa_are_refused_by_name(root: str, namespace: str) -> None:
    with pytest.raises(SyntaxNotRead, match="FatturaPA"):
        read_xml(f'<p:{root} xmlns:p="{namespace}"/>'.encode())
