"""What CII can say of a content without its being read as something else."""

from msgspec.structs import replace

from en16931.model import InvoiceContent


def sayable_in_cii(content: InvoiceContent) -> InvoiceContent:
    """Returns the content without what would be said otherwise.

    - Without dates of instalments where it has no due date: the first date of all terms is that of the invoice (BT-9).
    - Without instalments that have no amount, and discounts that have no percentage: they would be terms of no kind.
    """
    if content.extras is None:
        return content
    instalments = tuple(
        each if content.payment_due_date is not None else replace(each, due_date=None)
        for each in content.extras.instalments
        if each.amount is not None
    )
    discounts = tuple(each for each in content.extras.cash_discounts if each.percentage is not None)
    extras = replace(content.extras, instalments=instalments, cash_discounts=discounts)
    return replace(content, extras=extras)
