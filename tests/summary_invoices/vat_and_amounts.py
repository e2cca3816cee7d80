"""Invoices that differ in their VAT, and in what their totals are made of."""

from decimal import Decimal

import msgspec

from en16931.model import (
    Delivery,
    DocumentAllowance,
    DocumentCharge,
    DocumentTotals,
    InvoiceContent,
    InvoiceNote,
    Period,
    VatBreakdown,
)
from invoice_summarizer.samples import companies as sample_companies
from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.companies import bank_transfer, sepa_transfer
from summary_invoices import companies
from summary_invoices.made_invoice import (
    EN16931,
    INVOICE,
    MadeInvoice,
    as_cii,
    as_ubl,
    day,
    lines,
)
from summary_invoices.truth import Money, Oddity, Truth


def reverse_charge() -> MadeInvoice:
    """An Austrian invoice to Germany without VAT: the buyer owes it (category AE)."""
    content = InvoiceContent(
        invoice_number="AS-2026-077",
        issue_date=day("2026-03-31"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-04-30"),
        purchase_order_reference="PO-88277",
        process_control=EN16931,
        delivery=Delivery(
            invoicing_period=Period(start_date=day("2026-03-01"), end_date=day("2026-03-31"))
        ),
        seller=companies.SOFTWAREHAUS,
        buyer=sample_companies.HANSEN,
        payment_instructions=sepa_transfer(companies.SOFTWAREHAUS_ACCOUNT, "AS-2026-077"),
        vat_breakdown=(
            VatBreakdown(
                category_code="AE",
                exemption_reason="Steuerschuldnerschaft des Leistungsempfängers",
                exemption_reason_code="VATEX-EU-AE",
            ),
        ),
        lines=lines(
            ("Softwareentwicklung, Schnittstelle Lager", "36", "HUR", "128.00", "0"),
            ("Reisepauschale", "1", "C62", "240.00", "0"),
            category="AE",
        ),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("4848.00"),
        currency="EUR",
        seller="Alpenblick Softwarehaus GmbH",
        buyer="Hansen & Söhne Maschinenbau GmbH",
        bought=("Softwareentwicklung, Schnittstelle Lager", "Reisepauschale"),
        recipient="Alpenblick Softwarehaus GmbH",
        accounts=("AT479999900012345678",),
        due=day("2026-04-30"),
        vat=((Decimal(0), Decimal("0.00")),),
        odd=(Oddity.NO_VAT,),
    )
    return as_cii("reverse_charge", with_amounts(content), truth)


def exempt() -> MadeInvoice:
    """A Belgian invoice for training, which is exempt from VAT, with the reason."""
    content = InvoiceContent(
        invoice_number="VS-2026-0214",
        issue_date=day("2026-04-16"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-05-16"),
        process_control=EN16931,
        seller=companies.VORMINGSCENTRUM,
        buyer=sample_companies.ZUIDERHAVEN,
        payment_instructions=sepa_transfer(companies.VORMINGSCENTRUM_ACCOUNT, "VS-2026-0214"),
        vat_breakdown=(
            VatBreakdown(
                category_code="E",
                exemption_reason="Vrijgesteld van btw, artikel 44 van het Btw-wetboek",
            ),
        ),
        lines=lines(
            ("Cursus heftruckveiligheid, per deelnemer", "12", "C62", "95.00", "0"), category="E"
        ),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("1140.00"),
        currency="EUR",
        seller="Vormingscentrum De Schelde VZW",
        buyer="Zuiderhaven Logistiek B.V.",
        bought=("Cursus heftruckveiligheid, per deelnemer",),
        recipient="Vormingscentrum De Schelde VZW",
        accounts=("BE17999123456721",),
        due=day("2026-05-16"),
        vat=((Decimal(0), Decimal("0.00")),),
        odd=(Oddity.NO_VAT,),
    )
    return as_ubl("exempt", with_amounts(content), truth)


def three_rates() -> MadeInvoice:
    """A French invoice with three rates of VAT."""
    content = InvoiceContent(
        invoice_number="MH-26-4471",
        issue_date=day("2026-03-03"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-03-18"),
        buyer_reference="CANTINE",
        process_control=EN16931,
        delivery=Delivery(actual_delivery_date=day("2026-03-02")),
        seller=companies.MARCHE,
        buyer=sample_companies.VERRERIE,
        payment_instructions=sepa_transfer(companies.MARCHE_ACCOUNT, "MH-26-4471"),
        lines=lines(
            ("Pommes Gala, caisse", "24", "CT", "6.50", "5.5"),
            ("Repas livrés, plateau", "10", "C62", "42.00", "10"),
            ("Crémant de Loire, carton", "6", "CT", "31.80", "20"),
        ),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("855.54"),
        currency="EUR",
        seller="Marché des Halles SAS",
        buyer="Verrerie du Midi SAS",
        bought=("Repas livrés, plateau", "Crémant de Loire, carton", "Pommes Gala, caisse"),
        recipient="Marché des Halles SAS",
        accounts=("FR1199999000020009876543210",),
        due=day("2026-03-18"),
        vat=(
            (Decimal(20), Decimal("38.16")),
            (Decimal(10), Decimal("42.00")),
            (Decimal("5.5"), Decimal("8.58")),
        ),
    )
    return as_cii("three_rates", with_amounts(content), truth)


def wrong_total() -> MadeInvoice:
    """A Dutch invoice whose total is 9.00 more than net 879.00 and VAT 184.59 make."""
    right = with_amounts(
        InvoiceContent(
            invoice_number="2026-PD-3308",
            issue_date=day("2026-03-18"),
            type_code=INVOICE,
            currency_code="EUR",
            payment_due_date=day("2026-04-17"),
            purchase_order_reference="ZL-40087",
            process_control=EN16931,
            seller=sample_companies.POLDERDRUK,
            buyer=sample_companies.ZUIDERHAVEN,
            payment_instructions=sepa_transfer(sample_companies.POLDERDRUK_ACCOUNT, "2026-PD-3308"),
            lines=lines(
                ("Pallet labels, roll of 500", "30", "C62", "18.60", "21"),
                ("Delivery note pads", "75", "C62", "4.28", "21"),
            ),
        )
    )
    stated = Decimal("1072.59")
    assert right.totals is not None
    totals = msgspec.structs.replace(right.totals, amount_with_vat=stated, amount_due=stated)
    truth = Truth(
        money=Money.TO_PAY,
        amount=None,
        currency="EUR",
        seller="Polderdruk B.V.",
        buyer="Zuiderhaven Logistiek B.V.",
        bought=("Pallet labels, roll of 500", "Delivery note pads"),
        recipient="Polderdruk B.V.",
        accounts=("NL93DEMO0123456789",),
        due=day("2026-04-17"),
        vat=((Decimal(21), Decimal("184.59")),),
        odd=(Oddity.WRONG_TOTAL,),
        figures=(Decimal("9.00"), Decimal("879.00"), Decimal("184.59"), Decimal("1072.59")),
        unsure=("totals.amount_with_vat", "totals.amount_due"),
    )
    return as_ubl("wrong_total", msgspec.structs.replace(right, totals=totals), truth)


def foreign_currency() -> MadeInvoice:
    """A British invoice in dollars, with its VAT in pounds as well (BT-6, BT-111)."""
    content = InvoiceContent(
        invoice_number="FR-104733",
        issue_date=day("2026-04-21"),
        type_code=INVOICE,
        currency_code="USD",
        vat_accounting_currency_code="GBP",
        payment_due_date=day("2026-05-21"),
        purchase_order_reference="HL-21044",
        process_control=EN16931,
        notes=(InvoiceNote(note="Exchange rate: 1 USD = 0.79 GBP."),),
        seller=sample_companies.FENWICK,
        buyer=sample_companies.HARBOUR_LANE,
        payment_instructions=bank_transfer(sample_companies.FENWICK_ACCOUNT, "FR-104733"),
        totals=DocumentTotals(vat_amount_in_accounting_currency=Decimal("853.20")),
        lines=lines(("Calibration bench, rental per week", "12", "WEE", "450.00", "20")),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("6480.00"),
        currency="USD",
        seller="Fenwick & Rowe Instruments Ltd",
        buyer="Harbour Lane Logistics Ltd",
        bought=("Calibration bench, rental per week",),
        recipient="Fenwick & Rowe Instruments Ltd",
        accounts=("GB42DEMO99999912345678",),
        due=day("2026-05-21"),
        vat=((Decimal(20), Decimal("1080.00")),),
        odd=(Oddity.VAT_IN_OTHER_CURRENCY,),
        figures=(Decimal("853.20"),),
    )
    return as_cii("foreign_currency", with_amounts(content), truth)


def allowances_and_charges() -> MadeInvoice:
    """A Finnish invoice with an allowance, a charge for freight, and a sum that is rounded up to whole euros."""
    content = InvoiceContent(
        invoice_number="SK-10992",
        issue_date=day("2026-05-11"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-05-25"),
        process_control=EN16931,
        seller=companies.KALUSTE,
        buyer=companies.HOTELLI,
        payment_instructions=sepa_transfer(companies.KALUSTE_ACCOUNT, "SK-10992"),
        totals=DocumentTotals(rounding_amount=Decimal("0.03")),
        allowances=(
            DocumentAllowance(
                amount=Decimal("49.96"),
                reason="Kanta-asiakasalennus",
                vat_category_code="S",
                vat_rate=Decimal("25.5"),
            ),
        ),
        charges=(
            DocumentCharge(
                amount=Decimal("18.90"),
                reason="Rahti",
                vat_category_code="S",
                vat_rate=Decimal("25.5"),
            ),
        ),
        lines=lines(("Nojatuoli, koivu", "4", "C62", "249.99", "25.5")),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("1216.00"),
        currency="EUR",
        seller="Saimaan Kaluste Oy",
        buyer="Hotelli Kuusisaari Oy",
        bought=("Nojatuoli, koivu",),
        recipient="Saimaan Kaluste Oy",
        accounts=("FI6099999900012345",),
        due=day("2026-05-25"),
        vat=((Decimal("25.5"), Decimal("247.07")),),
        odd=(Oddity.ROUNDED,),
        figures=(Decimal("0.03"), Decimal("49.96"), Decimal("18.90")),
    )
    return as_ubl("allowances_and_charges", with_amounts(content), truth)


def zero_lines() -> MadeInvoice:
    """A German invoice among whose lines are a heading and a free sample, which nobody bought."""
    content = InvoiceContent(
        invoice_number="NB-2026-00533",
        issue_date=day("2026-04-23"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-05-23"),
        buyer_reference="Einkauf Werk 2",
        process_control=EN16931,
        seller=sample_companies.NORDLICHT,
        buyer=sample_companies.HANSEN,
        payment_instructions=sepa_transfer(sample_companies.NORDLICHT_ACCOUNT, "NB-2026-00533"),
        lines=lines(
            ("Positionen zu Lieferschein 4471", "0", "C62", "0.00", "19"),
            ("Aktenordner breit", "120", "C62", "1.79", "19"),
            ("Fachbuch Normen im Maschinenbau", "3", "C62", "64.00", "7"),
            ("Muster Haftnotizen, kostenlos", "1", "PA", "0.00", "19"),
        ),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("461.05"),
        currency="EUR",
        seller="Nordlicht Bürobedarf GmbH",
        buyer="Hansen & Söhne Maschinenbau GmbH",
        bought=("Aktenordner breit", "Fachbuch Normen im Maschinenbau"),
        recipient="Nordlicht Bürobedarf GmbH",
        accounts=("DE43999000010000123456",),
        due=day("2026-05-23"),
        vat=((Decimal(19), Decimal("40.81")), (Decimal(7), Decimal("13.44"))),
    )
    return as_cii("zero_lines", with_amounts(content), truth)
