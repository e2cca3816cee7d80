"""Amounts that an invoice states beside its totals: allowances and charges, of the document or of a line."""

from collections.abc import Iterator
from decimal import Decimal

from en16931.model import InvoiceContent, InvoiceLine


def adjustments(of: InvoiceContent | InvoiceLine) -> Iterator[Decimal]:
    """Yields the amount of each allowance and of each charge."""
    amounts = [allowance.amount for allowance in of.allowances]
    amounts += [charge.amount for charge in of.charges]
    yield from (amount for amount in amounts if amount is not None)
