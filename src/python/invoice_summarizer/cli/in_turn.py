"""One command on several things: each has its own outcome, and a failure of one does not hide what became of the others."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


async def in_turn(
    things: Sequence[Thing], action: Callable[[Thing], Awaitable[Answer]]
) -> list[Answer | CommandFailed]:
    """Returns the answer or the failure for each of the things, in their order.

    Where a failure would meet all the others too, they are not tried, and NOT_TRIED stands for each. Raises it where
    it meets the first: then nothing was done.
    """
    outcomes: list[Answer | CommandFailed] = []
    for thing in things:
        try:
            outcomes.append(await action(thing))
        except CommandFailed as failure:
            if failure.meets_all and not outcomes:
                raise
            outcomes.append(failure)
            if failure.meets_all:
                break
    untried = len(things) - len(outcomes)
    return outcomes + [_not_tried(outcomes[-1]) for _ in range(untried)]


def exit_code_of(failures: Sequence[ExitCode]) -> ExitCode:
    """Returns the code that the failures, of which there is one at least, share; FINDING where they differ."""
    codes = set(failures)
    return codes.pop() if len(codes) == 1 else ExitCode.FINDING


def _not_tried(before: object) -> CommandFailed:
    assert isinstance(before, CommandFailed), "only a failure ends a run"
    return CommandFailed(
        before.exit_code, "NOT_TRIED", "not tried, as it would fail in the same way", before.code
    )
