"""A thread that computes lets the event loop run often."""

import sys
from collections.abc import Iterator

import pytest

from invoice_summarizer.thread_turns import take_short_turns


@pytest.fixture
def usual_turns() -> Iterator[float]:
    usual = sys.getswitchinterval()
    yield usual
    sys.setswitchinterval(usual)


def test_turns_are_a_tenth_of_what_is_usual(usual_turns: float) -> None:
    take_short_turns()
    assert sys.getswitchinterval() <= usual_turns / 10
