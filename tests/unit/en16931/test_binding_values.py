from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from en16931.binding import values
from en16931.model import DocumentKind, SignConvention


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12
    )
)
def test_decimals_keep_value_and_digits(number: Decimal) -> None:
    read = values.decimal(f"{number:f}", {})
    assert read == number
    assert f"{read:f}" == f"{number:f}"


@pytest.mark.parametrize("raw", [".50", "5.", "+1.0", "-0.00", "007"])
def test_every_lexical_form_of_xs_decimal_is_read(raw: str) -> None:
    assert values.decimal(raw, {}) == Decimal(raw)


@pytest.mark.parametrize(
    "raw", ["12,x", "1,234.00", "1e3", "NaN", "INF", "1 000", "١٢", "--1", ".", "9" * 41]
)
def test_other_texts_are_no_decimals(raw: str) -> None:
    with pytest.raises(values.NotAValue, match="NOT_A_DECIMAL"):
        values.decimal(raw, {})


@given(st.dates())
def test_dates_are_read_in_iso_and_in_format_102(day: date) -> None:
    assert values.calendar_date(day.isoformat(), {}) == day
    assert values.calendar_date(day.strftime("%Y%m%d").zfill(8), {"format": "102"}) == day


@pytest.mark.parametrize(
    ("raw", "attributes"),
    [
        ("2013-06-30Z", {}),
        ("2013-06-30+02:00", {}),
        ("2013-06-30T00:00:00", {}),
        ("2013-06-30", {"format": "102"}),
        ("20130630", {}),
        ("201306301200", {"format": "203"}),
        ("20130630120000", {"format": "204"}),
    ],
)
def test_times_and_zones_are_left_aside(raw: str, attributes: Mapping[str, str]) -> None:
    assert values.calendar_date(raw, attributes) == date(2013, 6, 30)


@pytest.mark.parametrize(
    ("raw", "attributes", "reason"),
    [
        ("201306", {"format": "610"}, "DATE_WITHOUT_DAY"),
        ("201338", {"format": "616"}, "DATE_WITHOUT_DAY"),
        ("20139102", {"format": "102"}, "NOT_A_DATE"),
        ("2013-02-29", {}, "NOT_A_DATE"),
        ("30.06.2013", {}, "NOT_A_DATE"),
        ("03/07/2013", {"format": "102"}, "NOT_A_DATE"),
        ("130630", {"format": "101"}, "NOT_A_DATE"),
    ],
)
def test_other_dates_say_why_they_cannot_be_read(
    raw: str, attributes: Mapping[str, str], reason: str
) -> None:
    with pytest.raises(values.NotAValue, match=reason):
        values.calendar_date(raw, attributes)


def test_the_subject_code_of_a_note_is_taken_apart() -> None:
    assert values.note_subject_code("#AAI#General\ntext", {}) == "AAI"
    assert values.note_text("#AAI#General\ntext", {}) == "General\ntext"
    assert values.note_subject_code("General #1# text", {}) is None
    assert values.note_text("General #1# text", {}) == "General #1# text"


def test_embedded_documents_are_measured() -> None:
    assert values.embedded_size_bytes("aGVs\n bG8=", {}) == 5
    assert values.embedded_sha256("aGVsbG8=", {}).startswith("2cf24dba5fb0a30e26e83b2ac5b9e29e")
    with pytest.raises(values.NotAValue, match="NOT_BASE64"):
        values.embedded_sha256("%%%", {})


def test_kind_and_sign_follow_type_code_and_total() -> None:
    assert values.document_kind("381", {}) is DocumentKind.CREDIT_NOTE
    assert values.document_kind("386", {}) is DocumentKind.PREPAYMENT
    assert values.document_kind("380", {}) is DocumentKind.INVOICE
    assert values.sign_convention("-1.00", {}) is SignConvention.CREDIT_IS_NEGATIVE
    assert values.sign_convention("1.00", {}) is SignConvention.CREDIT_IS_POSITIVE
    assert values.sign_convention("0.00", {}) is None


def test_whole_numbers_and_truth_values() -> None:
    assert values.integer("14.00", {}) == 14
    assert values.boolean("1", {}) is True
    assert values.boolean("false", {}) is False
    with pytest.raises(values.NotAValue):
        values.integer("1.5", {})
    with pytest.raises(values.NotAValue):
        values.boolean("ja", {})
