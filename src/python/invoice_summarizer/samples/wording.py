"""How a printed sample says things: captions, dates and numbers of a language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    title: str
    invoice_number: str
    issue_date: str
    due_date: str
    order: str
    vat_identifier: str
    bill_to: str
    columns: tuple[str, str, str, str, str, str]  # position, item, quantity, price, VAT, amount
    carried_forward: str
    brought_forward: str
    net_total: str
    vat: str  # with a place for the rate
    total: str
    amount_due: str
    account: str
    reference: str
    page: str  # with places for the page and their number
    day: Callable[[date], str]
    number: Callable[[Decimal], str]


def english_day(day: date) -> str:
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"


def german_day(day: date) -> str:
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def english_number(value: Decimal) -> str:
    return f"{value:,}"


def german_number(value: Decimal) -> str:
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


ENGLISH = Wording(
    title="INVOICE",
    invoice_number="Invoice number",
    issue_date="Invoice date",
    due_date="Payment due",
    order="Your order",
    vat_identifier="VAT Reg. No.",
    bill_to="Bill to",
    columns=("Pos.", "Description", "Qty", "Unit price", "VAT %", "Amount"),
    carried_forward="Carried forward",
    brought_forward="Brought forward",
    net_total="Total excluding VAT",
    vat="VAT {rate} %",
    total="Total including VAT",
    amount_due="Amount due",
    account="IBAN",
    reference="Payment reference",
    page="Page {page} of {pages}",
    day=english_day,
    number=english_number,
)

GERMAN = Wording(
    title="RECHNUNG",
    invoice_number="Rechnungsnummer",
    issue_date="Rechnungsdatum",
    due_date="Zahlbar bis",
    order="Ihre Bestellung",
    vat_identifier="USt-IdNr.",
    bill_to="Rechnung an",
    columns=("Pos.", "Bezeichnung", "Menge", "Einzelpreis", "USt. %", "Betrag"),
    carried_forward="Übertrag",
    brought_forward="Übertrag",
    net_total="Summe netto",
    vat="Umsatzsteuer {rate} %",
    total="Gesamtbetrag brutto",
    amount_due="Zahlbetrag",
    account="IBAN",
    reference="Verwendungszweck",
    page="Seite {page} von {pages}",
    day=german_day,
    number=german_number,
)
