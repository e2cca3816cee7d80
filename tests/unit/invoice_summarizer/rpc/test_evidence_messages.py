"""Derivations as messages: a decimal with all its digits, a date as ISO 8601 has it."""

from datetime import date
from decimal import Decimal

from invoice_reading.annotation import DateDerivation, Derivation
from invoice_summarizer.rpc.mapping.assurance import evidence_to_proto


def test_value_of_a_derivation_is_a_decimal_or_a_date_in_plain_form() -> None:
    amount = Derivation(expression="sum(lines[*].net_amount)", value=Decimal("1E+3"))
    day = DateDerivation(expression="issue_date + 14 days", value=date(2026, 3, 6))
    messages = [evidence_to_proto(evidence).derivation for evidence in (amount, day)]
    assert [(message.expression, message.value) for message in messages] == [
        ("sum(lines[*].net_amount)", "1000"),
        ("issue_date + 14 days", "2026-03-06"),
    ]
