"""Invoices that differ in which way the money goes, and to whom."""

from decimal import Decimal

from en16931.model import (
    DirectDebit,
    DocumentTotals,
    InvoiceContent,
    InvoiceNote,
    PaymentInstructions,
    PrecedingInvoice,
)
from invoice_summarizer.samples import companies as sample_companies
from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.companies import sepa_transfer
from summary_invoices import companies
from summary_invoices.made_invoice import (
    CREDIT_NOTE,
    EN16931,
    INVOICE,
    MadeInvoice,
    as_cii,
    as_ubl,
    day,
    lines,
)
from summary_invoices.truth import Money, Oddity, Truth


def credit_note() -> MadeInvoice:
    """A French credit note against an earlier invoice. It names the seller's account, as credit notes do by habit."""
    content = InvoiceContent(
        invoice_number="AV-2026-0019",
        issue_date=day("2026-03-20"),
        type_code=CREDIT_NOTE,
        currency_code="EUR",
        buyer_reference="SERVICE-ACHATS",
        process_control=EN16931,
        notes=(InvoiceNote(note="Avoir pour deux maquettes retournées."),),
        preceding_invoices=(
            PrecedingInvoice(reference="FA-2026-0093", issue_date=day("2026-02-27")),
        ),
        seller=sample_companies.ATELIER,
        buyer=sample_companies.VERRERIE,
        payment_instructions=sepa_transfer(sample_companies.ATELIER_ACCOUNT, "AV-2026-0019"),
        lines=lines(("Maquette de carafe", "2", "C62", "265.00", "20")),
    )
    truth = Truth(
        money=Money.CREDITED,
        amount=Decimal("636.00"),
        currency="EUR",
        seller="Atelier Garonne SARL",
        buyer="Verrerie du Midi SAS",
        bought=("Maquette de carafe",),
        against=("FA-2026-0093",),
        vat=((Decimal(20), Decimal("106.00")),),
    )
    return as_ubl("credit_note", with_amounts(content), truth)


def overpaid() -> MadeInvoice:
    """A Dutch invoice on which more was paid beforehand than it comes to: the amount due is negative."""
    content = InvoiceContent(
        invoice_number="2026-PD-3411",
        issue_date=day("2026-04-02"),
        type_code=INVOICE,
        currency_code="EUR",
        buyer_reference="Logistics",
        purchase_order_reference="ZL-40112",
        process_control=EN16931,
        seller=sample_companies.POLDERDRUK,
        buyer=sample_companies.ZUIDERHAVEN,
        payment_instructions=sepa_transfer(sample_companies.POLDERDRUK_ACCOUNT, "2026-PD-3411"),
        totals=DocumentTotals(paid_amount=Decimal("700.00")),
        lines=lines(("Pallet labels, roll of 500", "30", "C62", "18.60", "21")),
    )
    truth = Truth(
        money=Money.IN_OUR_FAVOUR,
        amount=Decimal("24.82"),
        currency="EUR",
        seller="Polderdruk B.V.",
        buyer="Zuiderhaven Logistiek B.V.",
        bought=("Pallet labels, roll of 500",),
        vat=((Decimal(21), Decimal("117.18")),),
    )
    return as_ubl("overpaid", with_amounts(content), truth)


def prepaid() -> MadeInvoice:
    """An Italian invoice of which a part was paid beforehand; the rest is to be paid."""
    content = InvoiceContent(
        invoice_number="VF/2026/00871",
        issue_date=day("2026-05-08"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-06-07"),
        contract_reference="CTR-5520",
        process_control=EN16931,
        seller=companies.CERAMICHE,
        buyer=sample_companies.VERRERIE,
        payment_instructions=sepa_transfer(companies.CERAMICHE_ACCOUNT, "VF/2026/00871"),
        totals=DocumentTotals(paid_amount=Decimal("2000.00")),
        lines=lines(("Piastrelle gres 60x60, antracite", "350", "MTK", "12.40", "22")),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("3294.80"),
        currency="EUR",
        seller="Ceramiche Valdoro S.p.A.",
        buyer="Verrerie du Midi SAS",
        bought=("Piastrelle gres 60x60, antracite",),
        recipient="Ceramiche Valdoro S.p.A.",
        accounts=("IT52X9999901000000001234567",),
        due=day("2026-06-07"),
        vat=((Decimal(22), Decimal("954.80")),),
        odd=(Oddity.PARTLY_PAID,),
        figures=(Decimal("2000.00"),),
    )
    return as_ubl("prepaid", with_amounts(content), truth)


def paid_in_full() -> MadeInvoice:
    """A Polish invoice in zloty that was paid before it was written: nothing is due, though an account could be asked for."""
    content = InvoiceContent(
        invoice_number="FV 118/04/2026",
        issue_date=day("2026-04-14"),
        type_code=INVOICE,
        currency_code="PLN",
        process_control=EN16931,
        payment_terms="Zapłacono kartą.",
        seller=companies.KSIEGARNIA,
        buyer=companies.BIBLIOTEKA,
        totals=DocumentTotals(paid_amount=Decimal("1223.85")),
        lines=lines(("Encyklopedia przyrody, tom I-V", "5", "SET", "199.00", "23")),
    )
    truth = Truth(
        money=Money.PAID,
        amount=Decimal("0.00"),
        currency="PLN",
        seller="Księgarnia Pod Wierzbą Sp. z o.o.",
        buyer="Biblioteka Miejska w Tarnowie",
        bought=("Encyklopedia przyrody, tom I-V",),
        vat=((Decimal(23), Decimal("228.85")),),
    )
    return as_ubl("paid_in_full", with_amounts(content), truth)


def direct_debit() -> MadeInvoice:
    """A German energy bill, collected from the buyer's account by SEPA direct debit under a mandate on a day."""
    content = InvoiceContent(
        invoice_number="SWE-26-007731",
        issue_date=day("2026-03-06"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-03-20"),
        buyer_accounting_reference="4230 Energie",
        payment_terms="Der Betrag wird am 20.03.2026 eingezogen.",
        process_control=EN16931,
        seller=companies.STADTWERKE,
        buyer=sample_companies.HANSEN,
        payment_instructions=PaymentInstructions(
            means_type_code="59",
            remittance_information="SWE-26-007731",
            direct_debit=DirectDebit(
                mandate_reference_identifier="SWE-M-2024-0815",
                bank_assigned_creditor_identifier="DE98ZZZ09999999999",
                debited_account_identifier=companies.HANSENS_ACCOUNT,
            ),
        ),
        lines=lines(
            ("Strom, Arbeitspreis", "1240", "KWH", "0.31", "19"),
            ("Grundpreis Februar", "1", "MON", "12.50", "19"),
        ),
    )
    truth = Truth(
        money=Money.COLLECTED,
        amount=Decimal("472.31"),
        currency="EUR",
        seller="Stadtwerke Elbufer AG",
        buyer="Hansen & Söhne Maschinenbau GmbH",
        bought=("Strom, Arbeitspreis", "Grundpreis Februar"),
        recipient="Stadtwerke Elbufer AG",
        accounts=("DE60999000030011223344",),
        due=day("2026-03-20"),
        mandate="SWE-M-2024-0815",
        vat=((Decimal(19), Decimal("75.41")),),
    )
    return as_cii("direct_debit", with_amounts(content), truth)


def factoring() -> MadeInvoice:
    """A Spanish invoice whose claim was sold: a factoring company is the payee and holds the account."""
    content = InvoiceContent(
        invoice_number="HE-2026-1042",
        issue_date=day("2026-02-18"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-04-19"),
        purchase_order_reference="CT-7719",
        process_control=EN16931,
        notes=(InvoiceNote(note="Crédito cedido a Factoría Financiera Norte S.A."),),
        seller=companies.HILADOS,
        buyer=companies.CONFECCIONES,
        payee=companies.FACTORING,
        payment_instructions=sepa_transfer(companies.FACTORING_ACCOUNT, "HE-2026-1042"),
        lines=lines(("Hilo de algodón, bobina 5 kg", "120", "ROL", "14.25", "21")),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("2069.10"),
        currency="EUR",
        seller="Hilados del Ebro S.L.",
        buyer="Confecciones Turia S.A.",
        bought=("Hilo de algodón, bobina 5 kg",),
        recipient="Factoría Financiera Norte S.A.",
        accounts=("ES8899990001461234567890",),
        due=day("2026-04-19"),
        vat=((Decimal(21), Decimal("359.10")),),
        odd=(Oddity.OTHER_PAYEE,),
    )
    return as_ubl("factoring", with_amounts(content), truth)
