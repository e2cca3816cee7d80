"""Composes the content of a document, so that all of it closes."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from invoice_generator.content.composing_lines import line_count, lines_of, open_items
from invoice_generator.content.countries import COUNTRIES
from invoice_generator.content.document import (
    CENT,
    INVOICE_KINDS,
    LISTING_KINDS,
    OTHER_KINDS,
    Charge,
    Document,
    Line,
    Terms,
    VatRow,
)
from invoice_generator.content.identifiers import filled
from invoice_generator.content.parties import Party, party
from invoice_generator.languages.language import Language

ZERO = Decimal("0.00")
_NUMBERS = ("R-9999-999", "99999", "INV9999999", "99/9999", "A999.999", "9999-99-999", "F9999/99")
_SECOND_RATES = {"EUR": "1", "GBP": "0.8514", "PLN": "4.3172", "CHF": "0.9386", "USD": "1.0851"}


def compose(
    language: Language,
    rng: random.Random,
    *,
    kind: str | None = None,
    lines: int | None = None,
    seller: Party | None = None,
) -> Document:
    """Returns a document in the language; its kind, the number of its lines and its seller are drawn where not given."""
    home = COUNTRIES[rng.choice(language.countries)]
    if seller is not None:
        home = COUNTRIES[seller.country]
    kind = kind or _kind(rng)
    sign = -1 if kind == "credit_note" and rng.random() < 0.5 else 1
    reverse = kind in INVOICE_KINDS and home.code not in ("GB", "CH") and rng.random() < 0.1
    away = rng.choice([c for c in ("DE", "FR", "NL", "IT", "PL", "ES") if c != home.code])
    issued = date(2022, 1, 3) + timedelta(days=rng.randrange(1500))
    rates = (Decimal(0),) if reverse else _rates(home.rates, rng)
    if kind in LISTING_KINDS:
        goods = open_items(lines or rng.randint(1, 9), language, issued, rng)
    else:
        goods = lines_of(lines or line_count(rng), sign, rates, language, rng)
    charges = () if kind in LISTING_KINDS else _charges(goods, rates, rng)
    vat = () if kind in LISTING_KINDS else _vat(goods, charges, rates)
    line_total = sum((line.net for line in goods), ZERO)
    net = line_total + sum((charge.amount for charge in charges), ZERO)
    tax = sum((row.tax for row in vat), ZERO)
    prepaid = ZERO
    if kind == "invoice" and rng.random() < 0.08:
        prepaid = ((net + tax) * Decimal("0.3")).quantize(CENT, ROUND_HALF_UP)
    currency = home.currency
    second, second_total = "", ZERO
    if kind in INVOICE_KINDS and rng.random() < 0.1:
        second = currency
        currency = rng.choice([c for c in ("USD", "EUR", "CHF", "GBP") if c != second])
        ratio = Decimal(_SECOND_RATES[second]) / Decimal(_SECOND_RATES[currency])
        second_total = ((net + tax) * ratio).quantize(CENT, ROUND_HALF_UP)
    seller = seller or party(home.code, rng, abroad=reverse)
    buyer = party(away if reverse else home.code, rng, abroad=reverse, unlike=seller.brand)
    has_period = rng.random() < 0.2
    number = filled(rng.choice(_NUMBERS), rng)
    return Document(
        kind=kind,
        language=language.code,
        number=number.replace("9999-", f"{issued.year}-"),
        issue_date=issued,
        currency=currency,
        seller=seller,
        buyer=buyer,
        lines=goods,
        charges=charges,
        vat=vat,
        line_total=line_total,
        net_amount=net,
        tax_amount=tax,
        total_amount=net + tax,
        prepaid_amount=prepaid,
        terms=_terms(kind, issued, rng),
        reverse_charge=reverse,
        second_currency=second,
        second_total=second_total,
        customer_number=filled("99999", rng) if rng.random() < 0.7 else "",
        order_number=(
            filled(rng.choice(("PO-99999", "4500999999", "B/9999")), rng)
            if rng.random() < 0.5
            else ""
        ),
        buyer_reference=(
            filled(rng.choice(("99-999-99", "AA/99", "K9999")), rng) if rng.random() < 0.3 else ""
        ),
        contract_number=filled("V-99999", rng) if rng.random() < 0.12 else "",
        delivery_date=(
            None if has_period or rng.random() < 0.4 else issued - timedelta(days=rng.randint(0, 9))
        ),
        period=(issued - timedelta(days=31), issued - timedelta(days=1)) if has_period else None,
        refers_to=(
            (filled("R-99999", rng), issued - timedelta(days=rng.randint(5, 60)))
            if kind == "credit_note"
            else None
        ),
    )


def _kind(rng: random.Random) -> str:
    roll = rng.random()
    return "invoice" if roll < 0.78 else "credit_note" if roll < 0.9 else rng.choice(OTHER_KINDS)


def _rates(rates: Sequence[Decimal], rng: random.Random) -> tuple[Decimal, ...]:
    return tuple(rates[: rng.choice((1, 1, 1, 2, 2, len(rates)))])


def _charges(
    lines: Sequence[Line], rates: Sequence[Decimal], rng: random.Random
) -> tuple[Charge, ...]:
    total = sum((line.net for line in lines), ZERO)
    sign = -1 if total < 0 else 1
    charges = []
    if rng.random() < 0.15:
        percent = Decimal(rng.choice((2, 3, 5, 10)))
        # It lowers what is taxed at the standard rate, so only that is its base.
        base = sum((line.net for line in lines if line.rate == rates[0]), ZERO)
        amount = -(base * percent / 100).quantize(CENT, ROUND_HALF_UP)
        if amount:
            whole = percent if base == total else None
            charges.append(Charge("discount", amount, rates[0], whole))
    if rng.random() < 0.25:
        charges.append(
            Charge("freight", sign * Decimal(rng.choice(("4.90", "9.50", "38.00"))), rates[0])
        )
    if rng.random() < 0.08:
        charges.append(Charge("surcharge", sign * Decimal(rng.choice(("7.50", "15.00"))), rates[0]))
    return tuple(charges)


def _vat(
    lines: Sequence[Line], charges: Sequence[Charge], rates: Sequence[Decimal]
) -> tuple[VatRow, ...]:
    bases: dict[Decimal, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        bases[line.rate] += line.net
    for charge in charges:
        bases[charge.rate] += charge.amount
    return tuple(
        VatRow(
            rate,
            str(rates.index(rate) + 1),
            bases[rate],
            (bases[rate] * rate / 100).quantize(CENT, ROUND_HALF_UP),
        )
        for rate in sorted(bases, reverse=True)
    )


def _terms(kind: str, issued: date, rng: random.Random) -> Terms:
    days = rng.choice((7, 10, 14, 14, 30, 30, 30, 45, 60))
    payment = rng.choices(("transfer", "debit", "paid"), (82, 9, 9))[0]
    if kind == "credit_note" or kind == "receipt":
        payment = "transfer" if kind == "credit_note" else "paid"
    has_discount = payment == "transfer" and days > 10 and rng.random() < 0.3
    return Terms(
        days=days,
        due=issued + timedelta(days=days),
        discount_percent=Decimal(rng.choice((2, 3))) if has_discount else None,
        discount_days=rng.choice((7, 8, 10)),
        payment=payment,
        says_date=rng.random() < 0.6,
    )
