"""A reason for review as a code and what it is about, and as the text that is stored."""

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
def test_reason_and_its_text_say_the_same(reason: ReviewReason, text: str) -> None:
    assert str(reason) == text
    assert ReviewReason.parse(text) == reason


def test_code_of_another_version_is_no_reason() -> None:
    assert ReviewReason.parse("SOMETHING_NEW:x") is None
