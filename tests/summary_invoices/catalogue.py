"""All invoices made for summaries."""

from collections.abc import Callable
from functools import cache

from summary_invoices.made_invoice import MadeInvoice
from summary_invoices.pages import (
    carried_over,
    hidden_text,
    name_over_two_lines,
    other_account_inside,
    partial,
    unsure_amount,
)
from summary_invoices.terms_of_payment import (
    discount_in_words,
    discount_staircase,
    instalments,
    no_account,
    no_due_date,
    not_asked,
    pro_forma,
    several_accounts,
)
from summary_invoices.vat_and_amounts import (
    allowances_and_charges,
    exempt,
    foreign_currency,
    reverse_charge,
    three_rates,
    wrong_total,
    zero_lines,
)
from summary_invoices.ways_of_paying import (
    credit_note,
    direct_debit,
    factoring,
    overpaid,
    paid_in_full,
    prepaid,
)

_MADE: tuple[Callable[[], MadeInvoice], ...] = (
    credit_note,
    overpaid,
    direct_debit,
    factoring,
    prepaid,
    paid_in_full,
    several_accounts,
    discount_staircase,
    discount_in_words,
    instalments,
    no_due_date,
    no_account,
    pro_forma,
    not_asked,
    reverse_charge,
    exempt,
    three_rates,
    wrong_total,
    foreign_currency,
    allowances_and_charges,
    zero_lines,
    hidden_text,
    other_account_inside,
    unsure_amount,
    carried_over,
    partial,
    name_over_two_lines,
)


@cache
def made_invoices() -> tuple[MadeInvoice, ...]:
    """Returns the invoices, byte for byte the same in each call."""
    return tuple(make() for make in _MADE)
