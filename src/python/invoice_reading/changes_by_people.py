"""What people have changed of what was read, and which of it wants the eyes of a second person.

Who may change where money goes, or how much, and pass it alone can pay themselves. So such a change waits until
somebody decides the invoice.
"""

from decimal import Decimal

from en16931.field_path import is_within, leaf_type
from invoice_reading.annotation import FieldAnnotation, FieldStatus, HumanEdit

# To whom money goes, how much, and in which direction. All that lies below a group is meant with it. Numbers and dates
# are not here, which change neither; nor are the parts of a total, since a sum fails where one is changed alone.
SECOND_LOOK_FIELDS = (
    "type_code",
    "extras.document_kind",
    "currency_code",
    "seller.name",
    "payee",
    "payment_instructions.means_type_code",
    "payment_instructions.credit_transfers",
    "payment_instructions.direct_debit",
    "payment_instructions.payment_card",
    "payment_terms",
    "extras.cash_discounts",
    "extras.instalments",
    "totals.amount_with_vat",
    "totals.paid_amount",
    "totals.amount_due",
)
_SECOND_LOOK = frozenset(SECOND_LOOK_FIELDS)


def is_by_person(annotation: FieldAnnotation) -> bool:
    """Returns whether a person has entered or cleared the value; what the document says is a candidate then."""
    return any(isinstance(evidence, HumanEdit) for evidence in annotation.evidence)


def is_changed_by_person(field_path: str, annotation: FieldAnnotation) -> bool:
    """Returns whether a person has cleared the value, or entered another than the document says.

    A value that a person has confirmed is not changed, in however many digits or groups it was entered.
    """
    if not is_by_person(annotation):
        return False
    entered = annotation.raw_text
    if annotation.status is not FieldStatus.PRESENT or entered is None or not annotation.candidates:
        return True
    declared = annotation.candidates[0].value
    if leaf_type(field_path) is Decimal:
        return Decimal(entered) != Decimal(declared)
    return _bare(entered) != _bare(declared)


def wants_second_look(field_path: str) -> bool:
    """Returns whether nobody changes the field, or the list, and passes the invoice alone."""
    return is_within(field_path, _SECOND_LOOK)


def _bare(text: str) -> str:
    return "".join(text.split())
