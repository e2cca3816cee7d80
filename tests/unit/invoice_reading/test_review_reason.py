"""A reason for review as a code and what it is about, and as the text by which it is told."""

import pytest

from invoice_reading.review_reason import ReviewCode, ReviewReason


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (ReviewReason(ReviewCode.SUMS_NOT_DECIDABLE), "SUMS_NOT_DECIDABLE"),
        (
            ReviewReason(ReviewCode.FIELD_MISSING, "lines[0].item.name"),
            "FIELD_MISSING:lines[0].item.name",
        ),
        (ReviewReason(ReviewCode.RULE_FAILED, "BR-CO-15"), "RULE_FAILED:BR-CO-15"),
    ],
)
def test_text_of_a_reason_says_its_code_and_its_subject(reason: ReviewReason, text: str) -> None:
    assert str(reason) == text
