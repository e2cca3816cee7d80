"""Invoices that are pages, with what only pages have: hidden text, a damaged page, a value that is read unsurely."""

from dataclasses import replace
from decimal import Decimal

import msgspec

from en16931.model import CreditTransfer, DocumentTotals, InvoiceContent
from invoice_summarizer.samples import companies as sample_companies
from invoice_summarizer.samples.amounts import with_amounts
from invoice_summarizer.samples.cii_xml import cii_xml
from invoice_summarizer.samples.companies import bank_transfer, sepa_transfer
from invoice_summarizer.samples.hybrid import with_invoice_xml
from invoice_summarizer.samples.printed import printed
from invoice_summarizer.samples.wording import ENGLISH, GERMAN
from pdf_addition import with_addition
from summary_invoices import companies
from summary_invoices.changed_pages import texts, with_damaged_page
from summary_invoices.made_invoice import EN16931, INVOICE, MadeInvoice, day, lines
from summary_invoices.truth import Money, Oddity, Truth

_COFFEE = Truth(
    money=Money.TO_PAY,
    amount=Decimal("1278.61"),
    currency="EUR",
    seller="Kaffeerösterei Mühlbach GmbH",
    buyer="Hansen & Söhne Maschinenbau GmbH",
    bought=("Espresso Schwarzwald, ganze Bohne", "Filterkaffee Hochland, gemahlen"),
    recipient="Kaffeerösterei Mühlbach GmbH",
    accounts=("DE63999000020007654321",),
    due=day("2026-02-26"),
    vat=((Decimal(7), Decimal("83.65")),),
)


def hidden_text() -> MadeInvoice:
    """A German page with another account on it, in white letters that no reader sees."""
    content = with_amounts(_coffee("RE-26-1204"))
    white = texts((300, 74, f"IBAN: {companies.STRANGERS_ACCOUNT}"), colour="1 g")
    return MadeInvoice(
        name="hidden_text",
        data=with_addition(printed(content, GERMAN), white),
        content=content,
        truth=replace(_COFFEE, odd=(Oddity.HIDDEN_TEXT,)),
        is_page=True,
    )


def other_account_inside() -> MadeInvoice:
    """A German page with an e-invoice in it: the page asks for the money on one account, the XML on another."""
    on_page = with_amounts(_coffee("RE-26-1233"))
    stranger = CreditTransfer(account_identifier=companies.STRANGERS_ACCOUNT)
    inside = msgspec.structs.replace(
        on_page, payment_instructions=sepa_transfer(stranger, "RE-26-1233")
    )
    truth = replace(
        _COFFEE,
        accounts=(companies.STRANGERS_ACCOUNT, "DE63999000020007654321"),
        odd=(Oddity.OTHER_ACCOUNT_ON_PAGE,),
        unsure=("payment_instructions.credit_transfers[0].account_identifier",),
    )
    return MadeInvoice(
        name="other_account_inside",
        data=with_invoice_xml(printed(on_page, GERMAN), cii_xml(inside)),
        content=inside,
        truth=truth,
    )


def unsure_amount() -> MadeInvoice:
    """A German page of a small business: one sum, and no VAT that would prove it, so that it is read unsurely."""
    [line] = lines(("Frühstück für 60 Personen", "60", "C62", "25.00", "0"))
    content = msgspec.structs.replace(
        _coffee("RE-26-1219"),
        lines=(msgspec.structs.replace(line, net_amount=Decimal("1500.00"), vat=None),),
        totals=DocumentTotals(amount_with_vat=Decimal("1500.00")),
    )
    truth = replace(
        _COFFEE,
        amount=None,
        bought=("Frühstück für 60 Personen",),
        vat=(),
        odd=(Oddity.UNSURE_AMOUNT,),
        figures=(Decimal("1500.00"),),
        unsure=("totals.amount_with_vat",),
    )
    return MadeInvoice(
        name="unsure_amount",
        data=printed(content, GERMAN),
        content=content,
        truth=truth,
        is_page=True,
    )


def carried_over() -> MadeInvoice:
    """A British page whose amount due has 50.00 of an earlier bill in it, which its own sums do not prove."""
    right = with_amounts(_service("FR-104790", "Service visit, on site", "8", "125.00"))
    assert right.totals is not None
    totals = msgspec.structs.replace(right.totals, amount_due=Decimal("1250.00"))
    content = msgspec.structs.replace(right, totals=totals)
    balance = texts((322, 452, "Previous balance"), (490, 452, "50.00 GBP"))
    truth = Truth(
        money=Money.TO_PAY,
        amount=None,
        currency="GBP",
        seller="Fenwick & Rowe Instruments Ltd",
        buyer="Harbour Lane Logistics Ltd",
        bought=("Service visit, on site",),
        recipient="Fenwick & Rowe Instruments Ltd",
        accounts=("GB42DEMO99999912345678",),
        due=day("2026-06-04"),
        vat=((Decimal(20), Decimal("200.00")),),
        odd=(Oddity.CARRIED_OVER, Oddity.UNSURE_AMOUNT),
        figures=(Decimal("50.00"), Decimal("1200.00"), Decimal("1250.00")),
        unsure=("totals.amount_due",),
    )
    return MadeInvoice(
        name="carried_over",
        data=with_addition(printed(content, ENGLISH), balance),
        content=content,
        truth=truth,
        is_page=True,
    )


def partial() -> MadeInvoice:
    """A British invoice of three pages, of which the second is damaged: the lines on it are not known."""
    rings = [(f"Gasket ring, size {size}", "4", "C62", "3.10", "20") for size in range(10, 90)]
    content = with_amounts(
        msgspec.structs.replace(
            _service("FR-104801", "Gasket ring", "1", "1.00"), lines=lines(*rings)
        )
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("1190.40"),
        currency="GBP",
        seller="Fenwick & Rowe Instruments Ltd",
        buyer="Harbour Lane Logistics Ltd",
        bought=("Gasket ring, size 10",),
        recipient="Fenwick & Rowe Instruments Ltd",
        accounts=("GB42DEMO99999912345678",),
        due=day("2026-06-04"),
        vat=((Decimal(20), Decimal("198.40")),),
        odd=(Oddity.NOT_READ_IN_FULL,),
    )
    return MadeInvoice(
        name="partial",
        data=with_damaged_page(printed(content, ENGLISH), 2),
        content=content,
        truth=truth,
        is_page=True,
    )


def name_over_two_lines() -> MadeInvoice:
    """A British page on which the supplier's name takes two lines; the second alone could be a company's name."""
    first, second = "Whitcombe, Harrow & Daughters", "Precision Castings Ltd"
    content = with_amounts(
        msgspec.structs.replace(
            _service("WH-3307", "Bronze bushing, cast", "40", "18.75"),
            seller=companies.CASTINGS,
            payment_instructions=bank_transfer(companies.CASTINGS_ACCOUNT, "WH-3307"),
        )
    )
    on_page = msgspec.structs.replace(
        content, seller=msgspec.structs.replace(companies.CASTINGS, name=second)
    )
    truth = Truth(
        money=Money.TO_PAY,
        amount=Decimal("900.00"),
        currency="GBP",
        seller=f"{first} {second}",
        buyer="Harbour Lane Logistics Ltd",
        bought=("Bronze bushing, cast",),
        recipient=f"{first} {second}",
        accounts=("GB66DEMO99999911223344",),
        due=day("2026-06-04"),
        vat=((Decimal(20), Decimal("150.00")),),
    )
    return MadeInvoice(
        name="name_over_two_lines",
        data=with_addition(printed(on_page, ENGLISH), texts((56, 793, first), size=13)),
        content=content,
        truth=truth,
        is_page=True,
    )


def _coffee(number: str) -> InvoiceContent:
    return InvoiceContent(
        invoice_number=number,
        issue_date=day("2026-02-12"),
        type_code=INVOICE,
        currency_code="EUR",
        payment_due_date=day("2026-02-26"),
        purchase_order_reference="B-7801",
        payment_terms="Zahlbar innerhalb von 14 Tagen.",
        process_control=EN16931,
        seller=sample_companies.KAFFEEROESTEREI,
        buyer=sample_companies.HANSEN,
        payment_instructions=sepa_transfer(sample_companies.KAFFEEROESTEREI_ACCOUNT, number),
        lines=lines(
            ("Espresso Schwarzwald, ganze Bohne", "48", "KGM", "17.77", "7"),
            ("Filterkaffee Hochland, gemahlen", "24", "KGM", "14.25", "7"),
        ),
    )


def _service(number: str, name: str, quantity: str, price: str) -> InvoiceContent:
    return InvoiceContent(
        invoice_number=number,
        issue_date=day("2026-05-05"),
        type_code=INVOICE,
        currency_code="GBP",
        payment_due_date=day("2026-06-04"),
        purchase_order_reference="HL-21100",
        payment_terms="Payment within 30 days of the invoice date.",
        seller=sample_companies.FENWICK,
        buyer=sample_companies.HARBOUR_LANE,
        payment_instructions=bank_transfer(sample_companies.FENWICK_ACCOUNT, number),
        lines=lines((name, quantity, "C62", price, "20")),
    )
