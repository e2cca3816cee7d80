"""A command on several things says of each what became of it."""

from collections.abc import Callable

import grpc
import pytest

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CallFailed, CommandFailed
from invoice_summarizer.cli.in_turn import exit_code_of, in_turn
from invoice_summarizer.cli.ingestion import Ingested
from invoice_summarizer.cli.presentation.document import DocumentOutcome

Code = grpc.StatusCode


def refused(code: grpc.StatusCode, reason: str = "R") -> CallFailed:
    return CallFailed(code, reason, "why")


async def outcomes(*things: str | CommandFailed) -> list[str]:
    """Returns what became of the things, of which some are how they fail; a failure is its reason."""

    async def action(thing: str | CommandFailed) -> str:
        if isinstance(thing, CommandFailed):
            raise thing
        return thing

    answers = await in_turn(things, action)
    return [each.reason if isinstance(each, CommandFailed) else each for each in answers]


@pytest.mark.parametrize(
    "code",
    [
        Code.NOT_FOUND,
        Code.INVALID_ARGUMENT,
        Code.ABORTED,
        Code.FAILED_PRECONDITION,
        Code.INTERNAL,
        Code.DEADLINE_EXCEEDED,
    ],
)
async def test_failure_of_one_does_not_stop_the_others(code: grpc.StatusCode) -> None:
    assert await outcomes("A", refused(code), "B") == ["A", "R", "B"]
    assert await outcomes(refused(code), "B") == ["R", "B"]


@pytest.mark.parametrize(
    "failure",
    [
        refused(Code.UNAVAILABLE),
        refused(Code.RESOURCE_EXHAUSTED),
        refused(Code.UNAUTHENTICATED),
        refused(Code.PERMISSION_DENIED),
        refused(Code.INVALID_ARGUMENT, "LANGUAGE_UNSUPPORTED"),
        refused(Code.UNIMPLEMENTED, "SERVICE_NOT_SERVED"),
    ],
)
async def test_what_meets_all_ends_the_run_and_the_rest_is_said_to_be_untried(
    failure: CallFailed,
) -> None:
    answered = await outcomes("A", failure, "B", "C")
    assert answered == ["A", failure.reason, "NOT_TRIED", "NOT_TRIED"]
    with pytest.raises(CallFailed) as raised:
        await outcomes(failure, "B")
    assert raised.value is failure, "nothing was done"


E = ExitCode


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([E.NOT_FOUND, E.NOT_FOUND], E.NOT_FOUND),
        ([E.CONFLICT], E.CONFLICT),
        ([E.USAGE, E.USAGE], E.USAGE),
        ([E.UNAVAILABLE, E.UNAVAILABLE], E.UNAVAILABLE),
        ([E.NOT_FOUND, E.FINDING], E.FINDING),
        ([E.NOT_FOUND, E.UNAVAILABLE, E.UNAVAILABLE], E.FINDING),
        ([E.CONFLICT, E.FAULT, E.UNAVAILABLE], E.FINDING),
    ],
)
def test_exit_code_is_that_which_all_failures_share(
    codes: list[ExitCode], expected: ExitCode
) -> None:
    assert exit_code_of(codes) is expected


@pytest.mark.parametrize("outcome", [Ingested, DocumentOutcome])
def test_document_that_is_refused_is_no_wrong_usage(
    outcome: Callable[[str, CommandFailed], Ingested | DocumentOutcome],
) -> None:
    assert outcome("A", refused(Code.INVALID_ARGUMENT)).exit_code is ExitCode.FINDING
    assert outcome("A", refused(Code.UNAVAILABLE)).exit_code is ExitCode.UNAVAILABLE
