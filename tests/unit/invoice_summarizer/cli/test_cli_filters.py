"""What somebody probably meant whose filter is not understood."""

import pytest

from aip.filter import parse_filter
from invoice_summarizer.cli.filters import in_short_names, meant_filter
from invoice_summarizer.domain.invoice_fields import FIELD_ALIASES, FILTER_FIELDS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("status=ready and total>5", "status=ready AND total>5"),
        ("not kind=invoice or form=xml", "NOT kind=invoice OR form=xml"),
        ("status==ready && total>5", "status=ready AND total>5"),
        ("status=review pending", 'status="review pending"'),
        ("supplier:Acme and Co or kind=credit note", ""),
        (
            "supplier:Mühlbach GmbH or kind=credit note",
            'supplier:"Mühlbach GmbH" OR kind="credit note"',
        ),
        ("seller:Acme Ltd total>5", 'seller:"Acme Ltd" total>5'),
        (
            "(status=ready or status=failed) and seller=A&B",
            '(status=ready OR status=failed) AND seller="A&B"',
        ),
        ("amount due > 100 and number=N/1 *", 'amount_due>100 AND number="N/1 *"'),
        ("reason:RULE_FAILED:BR-CO-15", 'reason:"RULE_FAILED:BR-CO-15"'),
        ('status = "ready', 'status="ready"'),
        ("status=\u201cready\u201d", 'status="ready"'),
        ("suplier:acme and status=redy", "supplier:acme AND status=ready"),
        ("colour=red", ""),
        ("total>1,000", ""),
        ("", ""),
        ("status=ready", ""),
    ],
)
def test_meant_filter_is_understood_and_like_the_one_that_was_typed(typed: str, meant: str) -> None:
    assert meant_filter(typed) == meant
    parse_filter(meant, FILTER_FIELDS, FIELD_ALIASES)


def test_fields_that_there_are_have_the_names_of_the_help() -> None:
    assert in_short_names(
        "no field x; the fields are: invoice_id, status, seller.name (at character 0)"
    ) == ("no field x; the fields are: id, status, supplier (at character 0)")
    assert in_short_names("no field x (at character 0)") == "no field x (at character 0)"
