"""Invoices that differ in when they are paid, for how much by then, and to which account."""

from decimal import Decimal

from en16931.model import (
    Extras,
    Instalment,
    InvoiceContent,
    PaymentInstructions,
)
from invoice_summarizer.samples import companies as sample_companies
from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.companies import sepa_transfer
from summary_invoices import companies
from summary_invoices.made_invoice import (
    EN16931,
    INVOICE,
    PRO_FORMA,
    MadeInvoice,
    as_cii,
    as_ubl,
    day,
    lines,
)
from summary_invoices.truth import Discount, Money, Oddity, Part, Truth


def several_accounts() -> MadeInvoice:
    """A German invoice that names two accounts of the seller, at two banks."""
    first, second = sample_companies.NORDLICHT_ACCOUNT, companies.SECOND_NORDLICHT_ACCOUNT
    content = InvoiceContent(
        invoice_number="NB-2026-00502",
        issue_date=day("2026-04-09"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-05-09"),
        buyer_reference="Einkauf Werk 2",
        process_control=EN16931,
        seller=sample_companies.NORDLICHT,
        buyer=sample_companies.HANSEN,
        payment_instructions=PaymentInstructions(
            means_type_code="58",
            remittance_information="NB-2026-00502",
            credit_transfers=(first, second),
        ),
        lines=lines(
            ("Schreibtischstuhl Modell Kai", "3", "C62", "289.00", "19"),
            ("Montage", "2.5", "HUR", "58.00", "19"),
        ),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("1204.28"),
        currency="EUR",
        seller="Nordlicht Bürobedarf GmbH",
        buyer="Hansen & Söhne Maschinenbau GmbH",
        bought=("Schreibtischstuhl Modell Kai", "Montage"),
        recipient="Nordlicht Bürobedarf GmbH",
        accounts=("DE43999000010000123456", "DE08999000040055667788"),
        due=day("2026-05-09"),
        vat=((Decimal(19), Decimal("192.28")),),
        odd=(Oddity.SEVERAL_ACCOUNTS,),
    )
    return as_ubl("several_accounts", with_amounts(content), truth)


def discount_staircase() -> MadeInvoice:
    """A German invoice with two steps of discount, in the notation of XRechnung for BT-20 and in words."""
    content = InvoiceContent(
        invoice_number="NB-2026-00461",
        issue_date=day("2026-03-12"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-04-11"),
        buyer_reference="Einkauf Werk 2",
        purchase_order_reference="PO-88301",
        payment_terms=(
            "#SKONTO#TAGE=7#PROZENT=3.00#\n#SKONTO#TAGE=14#PROZENT=2.00#\n"
            "Sonst zahlbar bis 11.04.2026 ohne Abzug."
        ),
        process_control=EN16931,
        seller=sample_companies.NORDLICHT,
        buyer=sample_companies.HANSEN,
        payment_instructions=sepa_transfer(sample_companies.NORDLICHT_ACCOUNT, "NB-2026-00461"),
        lines=lines(
            ("Kopierpapier A4, Karton", "40", "CT", "23.95", "19"),
            ("Tonerkassette schwarz", "6", "C62", "89.50", "19"),
        ),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("1779.05"),
        currency="EUR",
        seller="Nordlicht Bürobedarf GmbH",
        buyer="Hansen & Söhne Maschinenbau GmbH",
        bought=("Kopierpapier A4, Karton", "Tonerkassette schwarz"),
        recipient="Nordlicht Bürobedarf GmbH",
        accounts=("DE43999000010000123456",),
        due=day("2026-04-11"),
        discounts=(
            Discount(day("2026-03-19"), Decimal("53.37")),
            Discount(day("2026-03-26"), Decimal("35.58")),
        ),
        vat=((Decimal(19), Decimal("284.05")),),
    )
    return as_cii("discount_staircase", with_amounts(content), truth)


def discount_in_words() -> MadeInvoice:
    """An Irish invoice whose discount stands in the words of its terms only."""
    content = InvoiceContent(
        invoice_number="TJ-5108",
        issue_date=day("2026-02-20"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-04-11"),
        payment_terms="3 % discount if paid by 15 March 2026, otherwise in full by 11 April 2026.",
        process_control=EN16931,
        seller=companies.TARA,
        buyer=sample_companies.HARBOUR_LANE,
        payment_instructions=sepa_transfer(companies.TARA_ACCOUNT, "TJ-5108"),
        lines=lines(("Oak shelf board, cut to size", "18", "C62", "64.00", "23")),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("1416.96"),
        currency="EUR",
        seller="Tara Joinery Ltd",
        buyer="Harbour Lane Logistics Ltd",
        bought=("Oak shelf board, cut to size",),
        recipient="Tara Joinery Ltd",
        accounts=("IE15DEMO99999912345678",),
        due=day("2026-04-11"),
        discounts=(Discount(day("2026-03-15"), Decimal("42.51")),),
        vat=((Decimal(23), Decimal("264.96")),),
    )
    return as_ubl("discount_in_words", with_amounts(content), truth)


def instalments() -> MadeInvoice:
    """A Swedish invoice in kronor, paid in three parts."""
    parts = ("2026-05-31", "2026-06-30", "2026-07-31")
    content = InvoiceContent(
        invoice_number="NM-26-0308",
        issue_date=day("2026-05-04"),
        type_code=INVOICE,
        currency_code="SEK",
        payment_terms="Betalas i tre lika delar.",
        process_control=EN16931,
        seller=companies.NORDFJALL,
        buyer=companies.SKOGSBRUK,
        payment_instructions=sepa_transfer(companies.NORDFJALL_ACCOUNT, "NM-26-0308"),
        extras=Extras(
            instalments=tuple(
                Instalment(due_date=day(due), amount=Decimal("20000.00")) for due in parts
            )
        ),
        lines=lines(("Flishugg, begagnad", "1", "C62", "48000.00", "25")),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("60000.00"),
        currency="SEK",
        seller="Nordfjäll Maskin AB",
        buyer="Västerbottens Skogsbruk AB",
        bought=("Flishugg, begagnad",),
        recipient="Nordfjäll Maskin AB",
        accounts=("SE3899900000012345678901",),
        instalments=tuple(Part(day(due), Decimal("20000.00")) for due in parts),
        vat=((Decimal(25), Decimal("12000.00")),),
    )
    return as_ubl("instalments", with_amounts(content), truth)


def no_due_date() -> MadeInvoice:
    """A Swiss invoice in francs that says neither when it is due nor anything of its terms."""
    content = InvoiceContent(
        invoice_number="UJ-88120",
        issue_date=day("2026-04-27"),
        type_code=INVOICE,
        currency_code="CHF",
        process_control=EN16931,
        seller=companies.UHRENWERK,
        buyer=companies.JUWELIER,
        payment_instructions=sepa_transfer(companies.UHRENWERK_ACCOUNT, "UJ-88120"),
        lines=lines(("Automatikwerk Kaliber 17, Ersatz", "2", "C62", "1450.00", "8.1")),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("3134.90"),
        currency="CHF",
        seller="Uhrenwerk Jura SA",
        buyer="Juwelier Aare AG",
        bought=("Automatikwerk Kaliber 17, Ersatz",),
        recipient="Uhrenwerk Jura SA",
        accounts=("CH8399999000123456789",),
        vat=((Decimal("8.1"), Decimal("234.90")),),
        odd=(Oddity.NO_DUE_DATE,),
    )
    return as_cii("no_due_date", with_amounts(content), truth)


def no_account() -> MadeInvoice:
    """A Danish invoice in kroner that names no account to pay to."""
    content = InvoiceContent(
        invoice_number="HT-20417",
        issue_date=day("2026-03-30"),
        type_code=INVOICE,
        currency_code="DKK",
        payment_due_date=day("2026-04-29"),
        process_control=EN16931,
        seller=companies.TRYKKERI,
        buyer=companies.MUSEUM,
        lines=lines(
            ("Udstillingskatalog, 64 sider", "400", "C62", "31.50", "25"),
            ("Plakat A2", "150", "C62", "11.20", "25"),
        ),
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("17850.00"),
        currency="DKK",
        seller="Havnens Trykkeri A/S",
        buyer="Museet ved Fjorden",
        bought=("Udstillingskatalog, 64 sider", "Plakat A2"),
        recipient="Havnens Trykkeri A/S",
        due=day("2026-04-29"),
        vat=((Decimal(25), Decimal("3570.00")),),
        odd=(Oddity.NO_ACCOUNT,),
    )
    return as_ubl("no_account", with_amounts(content), truth)


def pro_forma() -> MadeInvoice:
    """A Danish pro forma invoice: it asks for an advance, and nothing is owed by it yet."""
    content = InvoiceContent(
        invoice_number="PF-20425",
        issue_date=day("2026-04-07"),
        type_code=PRO_FORMA,
        currency_code="DKK",
        process_control=EN16931,
        seller=companies.TRYKKERI,
        buyer=companies.MUSEUM,
        payment_instructions=PaymentInstructions(
            means_type_code="30",
            credit_transfers=(companies.TRYKKERI_ACCOUNT,),
        ),
        lines=lines(("Skilte til udstilling", "12", "C62", "245.00", "25")),
    )
    truth = Truth(
        money=Money.REQUESTED,
        amount=Decimal("3675.00"),
        currency="DKK",
        seller="Havnens Trykkeri A/S",
        buyer="Museet ved Fjorden",
        bought=("Skilte til udstilling",),
        vat=((Decimal(25), Decimal("735.00")),),
        odd=(Oddity.NO_DUE_DATE,),
    )
    return as_cii("pro_forma", with_amounts(content), truth)


def not_asked() -> MadeInvoice:
    """A German bill of a rental car, for the files: an amount due, and words that it is no request for payment."""
    content = InvoiceContent(
        invoice_number="EM-2026-3117",
        issue_date=day("2026-04-21"),
        type_code=INVOICE,
        currency_code="EUR",
        buyer_reference="Reisestelle",
        payment_terms="Der Betrag wird Ihrer Karte belastet. Dies ist keine Aufforderung zur Zahlung.",
        process_control=EN16931,
        seller=companies.ELBMIETE,
        buyer=sample_companies.HANSEN,
        lines=lines(("Kleinwagen, Tagesmiete", "3", "DAY", "41.00", "19")),
    )
    truth = Truth(
        money=Money.NOT_ASKED,
        amount=Decimal("146.37"),
        currency="EUR",
        seller="Elbmiete Fahrzeuge GmbH",
        buyer="Hansen & Söhne Maschinenbau GmbH",
        bought=("Kleinwagen, Tagesmiete",),
        vat=((Decimal(19), Decimal("23.37")),),
        odd=(Oddity.NO_DUE_DATE,),
    )
    return as_cii("not_asked", with_amounts(content), truth)
