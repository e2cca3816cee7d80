"""Scores of pages become probabilities that keep their order, by curves that nobody changed by hand."""

import math
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_reading.annotation import (
    Evidence,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
    PageRegion,
    XmlNode,
)
from invoice_reading.calibration.confidence import calibrated_confidence
from invoice_reading.calibration.curve import LEAST_SCORE, LEAST_SLOPE, MOST_SCORE, Curve
from invoice_reading.calibration.fitted import (
    CALIBRATED_FIELDS,
    NotAsFitted,
    decoded,
    encoded,
    fitted_curves,
)
from invoice_reading.page import Box, Layer

SCORES = [score / 10_000 for score in range(200, 9_801)]  # as fine as those of OCR are
REGION = PageRegion(page=1, box=Box(0, 0, 9, 9), layer=Layer.TEXT, words=(), text="Acme")
OTHERS = (
    XmlNode(xpath="/a", line=1),
    HumanEdit(actor="ada", time=datetime(2026, 1, 1, tzinfo=UTC)),
)
CURVES = dict.fromkeys(CALIBRATED_FIELDS, Curve(level=0.5, slope=1.5))


def read(
    score: float | None,
    *evidence: Evidence,
    status: FieldStatus = FieldStatus.PRESENT,
) -> FieldAnnotation:
    return FieldAnnotation(status=status, confidence=score, evidence=evidence)


@pytest.mark.parametrize("path", sorted(CALIBRATED_FIELDS))
def test_greater_score_is_greater_confidence(path: str) -> None:
    found = [calibrated_confidence(path, read(score, REGION)) for score in SCORES]
    confidences = [each for each in found if each is not None]
    assert len(confidences) == len(SCORES)
    assert all(less < more for less, more in pairwise(confidences))
    assert confidences[0] > 0 and confidences[-1] < 1


@given(st.floats(), st.floats(-5, 5), st.floats(LEAST_SLOPE, 5))
def test_any_score_gives_a_probability_within_the_ends_of_the_curve(
    score: float, level: float, slope: float
) -> None:
    curve = Curve(level, slope)
    assert curve.probability(LEAST_SCORE) <= curve.probability(score)
    assert 0 < curve.probability(score) <= curve.probability(MOST_SCORE) < 1


@pytest.mark.parametrize("other", OTHERS)
def test_what_was_declared_or_entered_keeps_its_confidence(other: Evidence) -> None:
    assert calibrated_confidence("seller.name", read(1.0, other)) == 1.0
    assert calibrated_confidence("seller.name", read(0.9, REGION, other)) == 0.9


def test_only_values_of_calibrated_fields_are_calibrated() -> None:
    assert calibrated_confidence("seller.name", read(0.9, REGION)) == fitted_curves()[
        "seller.name"
    ].probability(0.9)
    assert calibrated_confidence("lines[0].item.name", read(0.9, REGION)) == 0.9
    assert calibrated_confidence("seller.name", read(None, REGION)) is None
    in_doubt = read(0.9, REGION, status=FieldStatus.AMBIGUOUS)
    assert calibrated_confidence("seller.name", in_doubt) == 0.9


def test_curves_come_back_as_they_were_written() -> None:
    assert decoded(encoded(CURVES)) == CURVES
    assert encoded(decoded(encoded(CURVES))) == encoded(CURVES)


@pytest.mark.parametrize(
    "changed",
    [
        encoded(CURVES).replace(b"0.5", b"0.6", 1),
        encoded({**CURVES, "seller.name": Curve(0.5, 0.0)}),
        encoded({**CURVES, "seller.name": Curve(0.5, -1.0)}),
        encoded({**CURVES, "seller.name": Curve(50.0, 1.0)}),
        encoded({**CURVES, "payee.name": Curve(0.5, 1.0)}),
        encoded({path: curve for path, curve in CURVES.items() if path != "seller.name"}),
        b"{}",
        b"",
    ],
)
def test_curves_that_are_not_as_fitted_are_refused(changed: bytes) -> None:
    with pytest.raises(NotAsFitted):
        decoded(changed)


def test_level_that_is_no_number_does_not_rise() -> None:
    assert not Curve(math.nan, 1.0).rises
    assert not Curve(0.0, math.inf).rises
