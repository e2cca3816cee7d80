"""What CII can say of a content without its being read as something else."""

from msgspec.structs import replace

from en16931.model import InvoiceContent


def sayable_in_cii(content: InvoiceContent) -> InvoiceContent:
    """Returns the content without dates of instalments where it has no due date, and without instalments of no amount.

    The first date of all payment terms is the due date of the invoice (BT-9); terms without an amount are no instalment.
    """
    if content.extras is None or not content.extras.instalments:
        return content
    instalments = tuple(
        each if content.payment_due_date is not None else replace(each, due_date=None)
        for each in content.extras.instalments
        if each.amount is not None
    )
    return replace(content, extras=replace(content.extras, instalments=instalments))
