"""What is told of who wrote summaries while the model was lost."""

from collections.abc import Iterator

import pytest

from cluster.commands import Failed
from cluster.origins import FALL_BACK, MODEL, Origins

REFUSED = "TEMPLATE_AFTER_REFUSAL"


def origins_of(*, before: str, after: str) -> Origins:
    """One letter an answer, one a second: M of the model, T of a template in its place, R of one after a refusal."""
    seconds: Iterator[int] = iter(range(100))
    origins = Origins(clock=lambda: next(seconds))
    words = {"M": MODEL, "T": FALL_BACK, "R": REFUSED}
    for letter in before:
        origins.add(words[letter])
    origins.lose()
    for letter in after:
        origins.add(words[letter])
    return origins


def test_answers_are_counted_before_the_loss_during_it_and_after_it() -> None:
    origins = origins_of(before="TMMM", after="MTTMTRMMR")
    assert origins.has_written(3) and origins.is_back(2) and not origins.is_back(3)
    assert origins.told() == (
        "before: 3 by MODEL, 1 by TEMPLATE_AFTER_FAILURE; for 7 s after the kill: 2 by MODEL,"
        " 3 by TEMPLATE_AFTER_FAILURE, 1 by TEMPLATE_AFTER_REFUSAL; then: 2 by MODEL, 1 by TEMPLATE_AFTER_REFUSAL"
    )


@pytest.mark.parametrize("after", ["", "MMMMM", "MRM", "MTT", "TTR"])
def test_a_loss_that_changed_nothing_and_a_model_that_is_not_back_are_no_proof(after: str) -> None:
    origins = origins_of(before="MMM", after=after)
    assert not origins.is_back(1)
    with pytest.raises(Failed, match="after the loss"):
        origins.told()


def test_templates_of_before_the_loss_are_not_its_effect() -> None:
    assert not origins_of(before="MT", after="MMM").has_fallen_back()
