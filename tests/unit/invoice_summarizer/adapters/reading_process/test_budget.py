"""What pages of one document may use of what all of them may."""

import pytest

from invoice_summarizer.adapters.reading_process.budget import Budget
from invoice_summarizer.ports.document_reader import ReadingLimit, ReadingLimitExceeded


def test_page_gets_what_is_left_and_never_more_than_a_page_may() -> None:
    budget = Budget(ReadingLimit.CPU, 20, 11)
    given = []
    for used in (2.0, 10.0, 5.0):
        with budget.page() as allowed:
            given.append(allowed.seconds)
            allowed.used = used
    assert given == [11, 11, 8]


def test_no_page_begins_where_nothing_is_left() -> None:
    budget = Budget(ReadingLimit.CPU, 20, 20)
    with budget.page() as allowed:
        allowed.used = 20.0
    with pytest.raises(ReadingLimitExceeded) as raised, budget.page():
        raise AssertionError("it has begun")
    assert raised.value.metadata == {"limit": "CPU", "allowed": "20"}


@pytest.mark.parametrize("told", [None, -5.0, 12.0, float("nan")])
def test_page_that_says_nothing_or_what_cannot_be_has_used_all_it_might(told: float | None) -> None:
    budget = Budget(ReadingLimit.CPU, 15, 11)
    with budget.page() as allowed:
        allowed.used = told
    with budget.page() as allowed:
        assert allowed.seconds == 4


def test_limit_that_a_page_meets_is_told_as_that_of_the_document() -> None:
    budget = Budget(ReadingLimit.TIME, 300, 300)
    with budget.page() as allowed:
        allowed.used = 100.0
    with pytest.raises(ReadingLimitExceeded) as raised, budget.page() as allowed:
        raise ReadingLimitExceeded(ReadingLimit.TIME, allowed.seconds)
    assert raised.value.metadata == {"limit": "TIME", "allowed": "300"}


def test_other_limit_that_a_page_meets_is_told_as_it_is() -> None:
    budget = Budget(ReadingLimit.TIME, 300, 300)
    with pytest.raises(ReadingLimitExceeded) as raised, budget.page():
        raise ReadingLimitExceeded(ReadingLimit.MEMORY, 7)
    assert raised.value.metadata == {"limit": "MEMORY", "allowed": "7"}
