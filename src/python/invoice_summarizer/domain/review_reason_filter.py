"""Review reasons as filters name them: the code alone, or with the field or rule that it is about."""

from collections.abc import Iterable

from aip.filter_field import member
from invoice_reading.review_reason import ReviewCode, ReviewReason


def review_reason(text: str) -> str:
    """Returns the reason as lists of reasons have it. Raises UnknownWord where its code is none."""
    code, colon, subject = text.partition(":")
    return member(code, ReviewCode) + colon + subject.strip()


def review_reasons(reasons: Iterable[ReviewReason]) -> frozenset[str]:
    """Returns every reason whole, and its code."""
    return frozenset(word for reason in reasons for word in (str(reason), reason.code.value))
