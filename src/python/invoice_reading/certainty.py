"""How sure a value has to be: the one place that says which confidence is asked of which field.

It is asked of the score of extraction. A value below it is for a person to look at, and no summary tells it as a fact.
"""

from collections.abc import Collection

from en16931.field_path import is_within, steps
from invoice_reading.annotation import FieldAnnotation, FieldStatus

# What money moves by: to whom, how much, by when, in which direction. All that lies below a group is meant with it.
DECISIVE_FIELDS = (
    "invoice_number",
    "issue_date",
    "type_code",
    "currency_code",
    "vat_accounting_currency_code",
    "payment_due_date",
    "payment_terms",
    "preceding_invoices",
    "seller.name",
    "payee",
    "payment_instructions",
    "allowances",
    "charges",
    "totals",
    "vat_breakdown",
    "extras.cash_discounts",
    "extras.instalments",
    "extras.prior_balance",
)
DECISIVE_CONFIDENCE = 0.8
# Of all else, such as the words of a line: it stands where such values stand, and nothing speaks against it.
ORDINARY_CONFIDENCE = 0.6
# Nobody pays by them: what is doubtful or wrong of them alone keeps no invoice from passing.
UNPAID_FIELDS = (
    "seller.vat_identifier",
    "seller_tax_representative.vat_identifier",
    "buyer.vat_identifier",
    "extras.language_code",
    "extras.sign_convention",
)

_DECISIVE = frozenset(DECISIVE_FIELDS)


def minimum_confidence(field_path: str) -> float:
    """Returns the confidence that a value of the field has to have. Raises FieldPathError for what is no path."""
    steps(field_path)
    return DECISIVE_CONFIDENCE if is_decisive(field_path) else ORDINARY_CONFIDENCE


def is_decisive(field_path: str) -> bool:
    """Returns whether money moves by the field."""
    return is_within(field_path, _DECISIVE)


def is_unsure(field_path: str, annotation: FieldAnnotation) -> bool:
    """Returns whether the field has a value whose confidence is below what is asked of it.

    A value that has no confidence was not read by a reading that could be unsure.
    """
    confidence = annotation.confidence
    if annotation.status is not FieldStatus.PRESENT or confidence is None:
        return False
    # Most values are sure whatever is asked of them: a long invoice has a hundred thousand.
    return confidence < DECISIVE_CONFIDENCE and confidence < minimum_confidence(field_path)


def wants_person(field_path: str, annotation: FieldAnnotation) -> bool:
    """Returns whether a person has to look at the field because its value is unsure."""
    return is_unsure(field_path, annotation) and field_path not in UNPAID_FIELDS


def is_of_unpaid_fields(field_paths: Collection[str]) -> bool:
    """Returns whether there are fields, and nobody pays by any of them."""
    return bool(field_paths) and all(path in UNPAID_FIELDS for path in field_paths)
