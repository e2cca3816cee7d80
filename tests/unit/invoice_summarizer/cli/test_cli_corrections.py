"""What people type to correct an invoice, and what they are told of it."""

import grpc
import pytest

from invoice_summarizer.cli.corrections import correction, in_typed_words
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CallFailed, CommandFailed, FieldViolation
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
        ("number=R 1", Correction(field_path="invoice_number", value="R 1")),
        ("seller=A", Correction(field_path="seller.name", value="A")),
        ("due=2026-05-31", Correction(field_path="payment_due_date", value="2026-05-31")),
        ("amount=1.00", Correction(field_path="totals.amount_due", value="1.00")),
        (
            "account=DE1",
            Correction(
                field_path="payment_instructions.credit_transfers[0].account_identifier",
                value="DE1",
            ),
        ),
        ("received=x", Correction(field_path="received", value="x")),
        ("lines[3]=", Correction(field_path="lines[3]", clear=True)),
    ],
)
def test_field_and_value_become_a_correction_and_nothing_clears(
    typed: str, expected: correction_pb2.Correction
) -> None:
    assert correction(typed) == expected


@pytest.mark.parametrize("typed", ["totals.amount_due", "=5.00", " = ", ""])
def test_what_is_no_field_and_value_is_wrong_usage(typed: str) -> None:
    with pytest.raises(CommandFailed, match="is not of the form field=value") as refused:
        correction(typed)
    assert refused.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize("value", [" ", "\t", "  "])
def test_blank_value_is_wrong_usage_and_clears_nothing(value: str) -> None:
    with pytest.raises(CommandFailed, match="seller.name is blank.* type seller.name=") as refused:
        correction(f"seller.name={value}")
    assert refused.value.exit_code is ExitCode.USAGE


def test_refusal_of_a_value_says_which_was_typed() -> None:
    typed = [correction("invoice_number=R-1"), correction("totals.amount_due=1.190,00 \x1b[1m")]
    message = "totals.amount_due must be a decimal number"
    violation = FieldViolation("corrections[1].value", message)
    refused = CallFailed(
        grpc.StatusCode.INVALID_ARGUMENT, "INVALID_VALUE", message, "", [violation]
    )
    said = in_typed_words(refused, typed)
    assert said.message == f"{message}, not '1.190,00 \\x1b[1m'"
    assert said.field_violations == [FieldViolation("corrections[1].value", said.message)]


def test_refusal_names_what_was_typed_and_keeps_the_field_of_the_request() -> None:
    typed = [correction("totals.amount_due=1"), correction("totals.amount_du=1")]
    message = "corrections[1] names no field of the content"
    violation = FieldViolation("corrections[1].field_path", message)
    refused = CallFailed(
        grpc.StatusCode.INVALID_ARGUMENT, "UNKNOWN_FIELD", message, "id", [violation]
    )
    said = in_typed_words(refused, typed)
    words = "totals.amount_du names no field of the content"
    assert str(said) == f"{words}; did you mean amount_due? [UNKNOWN_FIELD, request id]"
    assert list(said.field_violations) == [FieldViolation("corrections[1].field_path", words)]
    assert said.exit_code is ExitCode.USAGE


def test_refusal_of_a_field_says_which_short_name_is_like_it() -> None:
    violation = FieldViolation("corrections[0].field_path", "corrections[0] names no field")
    refused = CallFailed(
        grpc.StatusCode.INVALID_ARGUMENT, "UNKNOWN_FIELD", violation.description, "", [violation]
    )
    said = in_typed_words(refused, [correction("sellr=A")])
    assert said.message == "sellr names no field; did you mean seller?"
