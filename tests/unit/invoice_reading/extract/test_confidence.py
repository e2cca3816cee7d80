"""Scores order values by the strength of their evidence."""

from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.extract.confidence import (
    CHECKED,
    DOUBTED,
    GUESSED,
    IMPLIED,
    LABELLED,
    with_rivals,
)

CONFIDENCES = st.floats(min_value=0, max_value=1)
RIVALS = st.integers(min_value=0, max_value=100)


def test_stronger_evidence_has_the_higher_score() -> None:
    assert 1 > CHECKED > LABELLED > IMPLIED > GUESSED > DOUBTED > 0


def test_one_rival_makes_a_value_less_sure_and_none_leaves_it() -> None:
    for confidence in (CHECKED, LABELLED, IMPLIED, GUESSED):
        assert with_rivals(confidence, 0) == confidence
        assert with_rivals(confidence, 1) < confidence


@given(CONFIDENCES, RIVALS, RIVALS)
def test_more_rivals_never_make_a_value_surer(confidence: float, few: int, more: int) -> None:
    few, more = sorted((few, more))
    assert with_rivals(confidence, more) <= with_rivals(confidence, few) <= confidence


@given(CONFIDENCES, CONFIDENCES, RIVALS)
def test_rivals_leave_the_order_of_values(weaker: float, stronger: float, rivals: int) -> None:
    weaker, stronger = sorted((weaker, stronger))
    assert with_rivals(weaker, rivals) <= with_rivals(stronger, rivals)


@given(RIVALS)
def test_any_number_of_rivals_leaves_a_value_at_least_doubted(rivals: int) -> None:
    assert with_rivals(GUESSED, rivals) >= DOUBTED
