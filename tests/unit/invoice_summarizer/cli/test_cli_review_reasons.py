"""Why a person has to look at an invoice is told in sentences."""

import re

import pytest

from en16931.judgement import ALL_PACKS
from invoice_reading.check.rules import CONTENT_PACKS, DOCUMENT_PACK
from invoice_reading.review_reason import ReviewCode
from invoice_summarizer.cli.presentation.review_reasons import (
    CODES,
    RULES,
    passing_words,
    reason_words,
)
from invoices.v1 import assurance_pb2, invoice_pb2

_ID = "c52e687c-fe3c-4a3e-909d-d441e55b21a9"


def test_every_reason_that_is_given_has_a_sentence() -> None:
    assert set(ReviewCode) == CODES


def test_every_rule_has_a_sentence_for_when_it_fails() -> None:
    of_content = {rule.rule_id for pack in CONTENT_PACKS for rule in pack.rules}
    of_document = {rule.rule_id for rule in DOCUMENT_PACK.rules}
    of_documents_as_written = {rule_id for pack in ALL_PACKS for rule_id in pack.rule_ids}
    for rule in of_content | of_document | of_documents_as_written:
        assert not reason_words(f"RULE_FAILED:{rule}").startswith("a check failed")
    assert of_content | of_document >= RULES


def test_no_sentence_has_a_code_or_a_hole() -> None:
    for code in CODES - {"RULE_FAILED"}:
        assert not re.search("[A-Z]_|[{}]", reason_words(code))
    for rule in RULES:
        assert reason_words(f"RULE_FAILED:{rule}").endswith(f" ({rule})")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("LOW_CONFIDENCE:totals.amount_due", "the amount due is not sure"),
        ("FIELD_MISSING:seller.name", "the name of seller was not found"),
        ("RULE_FAILED:NEW-01", "a check failed (NEW-01)"),
        ("SUMS_NOT_DECIDABLE:BR-CO-15", "nothing on the document proves the total (BR-CO-15)"),
        ("A_NEW_REASON:seller.name", "a new reason (seller.name)"),
        (f"DUPLICATE_SUSPECTED:{_ID}", "may be an invoice once more that came in before"),
    ],
)
def test_reason_names_what_it_is_about(reason: str, said: str) -> None:
    assert reason_words(reason) == said


def test_what_may_pass_is_told_with_each_check_that_failed_all_the_same() -> None:
    def finding(rule: str, outcome: str, severity: str) -> assurance_pb2.Finding:
        kinds = assurance_pb2.Finding
        return kinds(
            rule_id=rule,
            outcome=kinds.Outcome.Value(outcome),
            severity=kinds.Severity.Value(severity),
        )

    quiet = [
        finding("BR-CO-10", "PASSED", "ERROR"),
        finding("LINES-NET-01", "FAILED", "INFORMATION"),
        finding("BR-CO-14", "NOT_DECIDABLE", "ERROR"),
    ]
    assert passing_words(quiet) == "May pass without a person."
    failed = [finding("VAT-ID-01", "FAILED", "WARNING")] * 2
    assert passing_words([*quiet, *failed]) == (
        "May pass without a person, since nobody pays by it, but look: "
        "the check digits of a VAT identifier are wrong (VAT-ID-01)."
    )


def test_duplicate_is_told_with_number_date_and_file_of_the_other_and_how_to_see_it() -> None:
    other = invoice_pb2.Invoice(name=f"tenants/default/invoices/{_ID}")
    other.content.invoice_number = "R-1"
    assert reason_words(f"DUPLICATE_SUSPECTED:{_ID}", {_ID: other}) == (
        "may be R-1 once more: `invoicectl get c52e687c`"
    )
    other.content.issue_date, other.document.file_name = "2026-03-12", "r\n1.pdf"
    assert reason_words(f"DUPLICATE_SUSPECTED:{_ID}", {_ID: other}) == (
        "may be R-1 of 2026-03-12 in r 1.pdf once more: `invoicectl get c52e687c`"
    )
