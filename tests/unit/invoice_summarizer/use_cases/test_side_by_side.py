"""Several calls at once: in order, bounded, and ended together where one fails."""

import asyncio

import pytest

from invoice_summarizer.use_cases.side_by_side import side_by_side


async def test_results_come_in_the_order_of_the_arguments_and_no_more_are_under_way() -> None:
    under_way, most = 0, 0

    async def squared(number: int) -> int:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.001 * (5 - number))
        under_way -= 1
        return number * number

    assert await side_by_side(squared, range(5), at_once=2) == [0, 1, 4, 9, 16]
    assert most == 2
    assert await side_by_side(squared, [], at_once=2) == []


async def test_where_one_fails_the_others_end_and_that_is_raised() -> None:
    ended: list[int] = []

    async def wait(number: int) -> None:
        if number == 2:
            raise ValueError("the second")
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(number)

    with pytest.raises(ValueError, match="the second"):
        await side_by_side(wait, [1, 2, 3], at_once=3)
    assert 1 in ended
