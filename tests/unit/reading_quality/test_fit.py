"""Curves are found again from values that were drawn by them; ranking and judging follow their definitions."""

import random
from dataclasses import replace

import pytest
from invoice_generator.layouts.catalogue import held_out_layouts
from reading_quality.fit import Example, cross_validated, examples, fitted, fold_of
from reading_quality.labelled import Labelled, Outcome
from reading_quality.ranking import auroc, calibration_error, threshold
from reading_quality.readings import JudgedDocument

from invoice_reading.calibration.curve import LEAST_SLOPE, Curve
from invoice_reading.calibration.fitted import CALIBRATED_FIELDS

SCORES = (0.3, 0.5, 0.6, 0.75, 0.8, 0.9, 0.98)
DOCUMENT = Labelled("a.pdf", "pdf-digital", {"seller_name": "Äcme & Co", "total_amount": "10.00"})


def drawn(curve: Curve, count: int = 6_000) -> list[Example]:
    chance = random.Random(7)
    return [
        Example("seller.name", score, chance.random() < curve.probability(score), f"{n % 20}", "a")
        for n in range(count)
        for score in (chance.choice(SCORES),)
    ]


@pytest.mark.parametrize("curve", [Curve(0.0, 1.0), Curve(1.2, 0.4), Curve(-0.5, 1.5)])
def test_known_curve_is_found_again(curve: Curve) -> None:
    # Many sources, so that the values outweigh the penalty.
    known = [replace(each, source=f"{n % 40}") for n, each in enumerate(drawn(curve))]
    found = fitted(known)["seller.name"]
    for score in SCORES:
        assert found.probability(score) == pytest.approx(curve.probability(score), abs=0.03)


def test_field_without_examples_keeps_its_scores() -> None:
    curves = fitted(drawn(Curve(1.2, 0.4)))
    assert curves.keys() == CALIBRATED_FIELDS
    assert curves["buyer.name"].probability(0.75) == pytest.approx(0.75)


def test_curve_rises_even_where_examples_fall() -> None:
    falling = [replace(each, score=1 - each.score) for each in drawn(Curve(0.5, 1.0))]
    found = fitted(falling)["seller.name"]
    assert found.slope == LEAST_SLOPE and found.rises
    right = sum(each.is_right for each in falling) / len(falling)
    mean = sum(found.probability(each.score) for each in falling) / len(falling)
    assert mean == pytest.approx(right, abs=0.02)


def test_fit_is_the_same_each_time_and_counts_each_source_alike() -> None:
    few = [replace(each, source="b", is_right=False) for each in drawn(Curve(0, 1), 50)]
    many = [replace(each, is_right=True) for each in drawn(Curve(0, 1), 5_000)]
    curve = fitted([*few, *many])["seller.name"]
    assert curve == fitted([*few, *many])["seller.name"]
    assert curve.probability(0.75) == pytest.approx(0.5, abs=0.1)


def test_layout_is_judged_by_curves_that_do_not_know_it() -> None:
    # One fold has all that is wrong: by curves of the others, its values look right.
    known = [replace(each, is_right=fold_of(each.layout) != 0) for each in drawn(Curve(0, 1))]
    judged = cross_validated(known)
    assert len(judged) == len(known)
    unseen = [found for each, found in judged if fold_of(each.layout) == 0]
    assert unseen and min(unseen) > 0.9 * max(found for _, found in judged if found)
    assert fitted(known)["seller.name"].probability(0.98) < min(unseen)


def test_held_out_layouts_and_e_invoices_teach_nothing() -> None:
    kept = JudgedDocument(
        DOCUMENT, {}, {"seller_name": Outcome.WRONG}, {"seller_name": 0.9}, {}, True, True
    )
    layout = held_out_layouts()[0]
    held_out = Labelled("b.pdf", "pdf-digital", {}, layout=layout, source="generated, version 1")
    hybrid = Labelled("c.pdf", "pdf-facturx", {})
    others = [replace(kept, document=other) for other in (held_out, hybrid)]
    assert list(examples([kept, *others])) == [Example("seller.name", 0.9, False, "", "labelled")]


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [
        ("seller_name", "ACME Co", Outcome.WRONG),
        ("seller_name", "äcme &Co.", Outcome.RIGHT),
        ("seller_name", "", Outcome.MISSING),
        ("seller_name", None, Outcome.MISSING),
        ("total_amount", "10", Outcome.RIGHT),
        ("total_amount", "10.01", Outcome.WRONG),
        ("total_amount", "ten", Outcome.WRONG),
    ],
)
def test_value_is_held_against_what_is_expected(
    field: str, value: str | None, outcome: Outcome
) -> None:
    assert DOCUMENT.outcome(field, value) is outcome


def test_ranking_of_confidences() -> None:
    ranked = [(0.9, True), (0.8, True), (0.8, False), (0.2, False)]
    assert auroc(ranked) == pytest.approx(3.5 / 4)
    assert auroc([(0.9, True)]) is None
    assert calibration_error(ranked) == pytest.approx((0.1 + 0.6 + 0.2) / 4)
    assert threshold(ranked, 1.0) == 0.9
    assert threshold(ranked, 0.6) == 0.8
    assert threshold([(0.5, False)], 0.6) > 1
