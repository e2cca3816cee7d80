"""A reason for review as a code and what it is about, and as the text by which it is told."""

import msgspec
import pytest

from invoice_reading.annotation import AnnotationReason, FieldAnnotation
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


def test_reasons_of_a_later_version_are_read_as_other() -> None:
    reason = msgspec.json.decode(
        b'{"code": "STAMP_MISSING", "subject": "seller"}', type=ReviewReason
    )
    assert reason == ReviewReason(ReviewCode.OTHER, "seller")
    known = msgspec.json.decode(
        b'{"status": "AMBIGUOUS", "reasons": ["WRITTEN_BY_HAND"]}', type=FieldAnnotation
    )
    assert known.reasons == (AnnotationReason.OTHER,)
