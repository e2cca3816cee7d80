"""When an attack counts as held, and what the table says of one that does not."""

import math
import time
from typing import cast

from attack.all import outcome_of
from attack.counts import SMALL
from attack.outcome import Outcome, table
from attack.target import Target, in_time, on_each
from separate_processes import SeparateProcesses


def outcome(tried: int) -> Outcome:
    return Outcome(attack="an attack", goal="nothing happens", planned=3, tried=tried)


def test_attack_that_did_all_and_found_nothing_has_held() -> None:
    assert outcome(tried=3).held


def test_attack_that_ran_out_of_time_has_not_held_and_says_after_how_much() -> None:
    assert not outcome(tried=2).held
    assert "ran out of time after 2 of 3" in table([outcome(tried=2)])


def test_anything_lost_doubled_or_let_through_is_a_miss() -> None:
    for column in ("lost", "doubled", "through"):
        found = outcome(tried=3)
        setattr(found, column, 1)
        assert not found.held


def test_what_is_required_and_not_so_is_told_once() -> None:
    told = outcome(tried=3)
    for _ in range(2):
        told.require(False, "a worker has ended")
    told.require(True, "another has")
    assert not told.held
    assert table([told]).count("a worker has ended") == 1


async def test_attack_that_ends_by_an_error_has_not_held() -> None:
    async def broken(target: Target) -> Outcome:
        raise RuntimeError("of the attack itself")

    target = Target(system=cast(SeparateProcesses, None), seed=1, counts=SMALL, until=math.inf)
    ended = await outcome_of(broken, target)
    assert not ended.held and "RuntimeError" in table([ended])


async def test_nothing_is_begun_after_the_time() -> None:
    done: list[int] = []

    async def work(item: int) -> None:
        done.append(item)

    assert await on_each(range(5), work, at_once=2, until=time.monotonic()) == 0
    assert [*in_time(iter(range(5)), time.monotonic())] == done == []
    assert await on_each(range(5), work, at_once=2) == 5
    assert done == [*range(5)]
