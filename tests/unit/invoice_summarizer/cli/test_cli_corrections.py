import pytest

from invoice_summarizer.cli.corrections import correction
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoices.v1 import correction_pb2

Correction = correction_pb2.Correction


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("totals.amount_due=10.00", Correction(field_path="totals.amount_due", value="10.00")),
        (" totals.amount_due = 1 ", Correction(field_path="totals.amount_due", value="1")),
        ("content.lines[0].note=2", Correction(field_path="lines[0].note", value="2")),
        ("seller.name=A = B", Correction(field_path="seller.name", value="A = B")),
        ("totals.amount_due=", Correction(field_path="totals.amount_due", clear=True)),
        ("lines[3]= ", Correction(field_path="lines[3]", clear=True)),
    ],
)
def test_field_and_value_become_a_correction_and_nothing_clears(
    typed: str, expected: correction_pb2.Correction
) -> None:
    assert correction(typed) == expected


def test_what_has_no_sign_is_wrong_usage() -> None:
    with pytest.raises(CommandFailed) as refused:
        correction("totals.amount_due")
    assert refused.value.exit_code is ExitCode.USAGE
