"""What is true of an invoice for whoever has to approve it, written down by hand beside what the invoice says.

It is worked out from what was put into the document, not by the code that reads and summarizes it, so that summaries
can be judged against it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Money(StrEnum):
    """Which way the money goes, as the buyer sees it."""

    TO_PAY = "TO_PAY"
    COLLECTED = "COLLECTED"  # the seller takes it from the buyer's account
    CREDITED = "CREDITED"  # a credit note: the buyer pays nothing
    IN_OUR_FAVOUR = "IN_OUR_FAVOUR"  # more was paid than is due
    PAID = "PAID"  # all of it was paid before
    NOT_ASKED = "NOT_ASKED"  # an amount is due, and the terms of payment ask for nothing
    REQUESTED = "REQUESTED"  # a pro forma invoice: nothing is owed by it


class Oddity(StrEnum):
    """What somebody who approves the invoice has to be told beside figures and names."""

    WRONG_TOTAL = "WRONG_TOTAL"
    HIDDEN_TEXT = "HIDDEN_TEXT"
    NOT_READ_IN_FULL = "NOT_READ_IN_FULL"
    OTHER_ACCOUNT_ON_PAGE = "OTHER_ACCOUNT_ON_PAGE"
    UNSURE_AMOUNT = "UNSURE_AMOUNT"
    CARRIED_OVER = "CARRIED_OVER"  # a part of the amount due is of earlier bills
    OTHER_PAYEE = "OTHER_PAYEE"
    SEVERAL_ACCOUNTS = "SEVERAL_ACCOUNTS"
    NO_VAT = "NO_VAT"
    VAT_IN_OTHER_CURRENCY = "VAT_IN_OTHER_CURRENCY"
    NO_DUE_DATE = "NO_DUE_DATE"
    NO_ACCOUNT = "NO_ACCOUNT"
    PARTLY_PAID = "PARTLY_PAID"
    ROUNDED = "ROUNDED"


@dataclass(frozen=True, slots=True)
class Discount:
    """Paid by its last day, the invoice costs less by what it saves."""

    last_day: date
    saves: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment."""

    due: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The right answers to what an approver asks.

    `amount` is what changes hands, without a sign, and None where nobody may name one as a fact. `recipient` is who
    gets it, None where nobody is to be paid; `accounts` are where it is sent, or, where it is collected, taken from.
    `due` is the last day, or the day of the collection. `bought` names what was bought, dearest first. `figures` are
    those that have to be told with what is odd. `unsure` are fields whose value may be told as unsure, never as a fact.
    """

    money: Money
    amount: Decimal | None
    currency: str
    seller: str
    buyer: str
    bought: tuple[str, ...]
    recipient: str | None = None
    accounts: tuple[str, ...] = ()
    due: date | None = None
    against: tuple[str, ...] = ()
    mandate: str | None = None
    discounts: tuple[Discount, ...] = ()
    instalments: tuple[Part, ...] = ()
    vat: tuple[tuple[Decimal, Decimal], ...] = ()  # rate in percent and amount, highest rate first
    odd: tuple[Oddity, ...] = ()
    figures: tuple[Decimal, ...] = ()
    unsure: tuple[str, ...] = ()
