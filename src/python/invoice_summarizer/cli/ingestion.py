"""Documents on their way: sent one after the other, and each answered as soon as it has been read."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from invoice_summarizer.cli.client import InvoiceClient, Operation
from invoice_summarizer.cli.documents import outgoing
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.presentation.lists import metadata_of
from invoice_summarizer.cli.waiting import waited

_WAITING_AT_ONCE = 8  # calls: far fewer than a server gives one tenant


class Fate(StrEnum):
    """What became of a document, in the words of the last line."""

    NEW = "new"
    KNOWN = "already here"
    FAILED = "failed"  # it is kept, and could not be read
    REFUSED = "refused"  # nothing of it is kept
    OPEN = "not read yet"
    UNSENT = "not taken in"


@dataclass(frozen=True, slots=True)
class Ingested:
    """A file, and its operation or why there is none. `known`: its invoice was here before it was sent."""

    file: str
    answer: Operation | CommandFailed
    known: bool = False

    @property
    def exit_code(self) -> ExitCode:
        if isinstance(self.answer, CommandFailed):
            return self.answer.exit_code_of_document
        return ExitCode.FINDING if self.answer.HasField("error") else ExitCode.OK

    @property
    def fate(self) -> Fate:
        if isinstance(self.answer, CommandFailed):
            if self.answer.reason == "WAIT_TOO_LONG":
                return Fate.OPEN
            return Fate.REFUSED if self.exit_code is ExitCode.FINDING else Fate.UNSENT
        if self.answer.HasField("error"):
            return Fate.FAILED
        return Fate.KNOWN if self.known else Fate.NEW


@dataclass(slots=True)
class Tally:
    """How far it has come, also where it is cut off."""

    total: int
    sent: int = 0
    open: int = 0

    def __str__(self) -> str:
        sent = f"{self.sent} of {self.total} document{'' if self.total == 1 else 's'} sent"
        open_ = f", {self.open} of them not known to be read" if self.open else ""
        return f"{sent}{open_}; running it again takes nothing in twice"


async def ingested(
    client: InvoiceClient,
    files: Sequence[Path],
    tally: Tally,
    *,
    wait_seconds: float | None,
    stable_request_id: bool = False,
    told: Callable[[str, int, int], None] | None = None,
) -> AsyncGenerator[Ingested, None]:
    """Yields what became of each file, in the order in which that is known; `tally` counts along.

    Waits so many seconds for each document to be read, or for none; `told` learns of the pages of one whose pictures are
    read meanwhile. Raises CommandFailed where a failure would meet
    all that are left.
    """
    answers: asyncio.Queue[Ingested | CommandFailed] = asyncio.Queue()
    room = asyncio.Semaphore(_WAITING_AT_ONCE)
    waiting: list[asyncio.Task[None]] = []

    async def wait_for(sent: Ingested, operation: Operation, seconds: float) -> None:
        async with room:
            try:
                answer: Operation | CommandFailed = await waited(
                    client,
                    operation.name,
                    seconds,
                    None if told is None else partial(told, sent.file),
                )
            except CommandFailed as failure:
                answer = failure
        if isinstance(answer, CommandFailed) and answer.meets_all:
            await answers.put(answer)
            return
        outcome = Ingested(sent.file, answer, sent.known)
        tally.open -= outcome.fate is not Fate.OPEN
        await answers.put(outcome)

    async def send_all() -> None:
        for file in files:
            try:
                operation = await client.ingest(outgoing(file, stable_request_id=stable_request_id))
            except CommandFailed as failure:
                await answers.put(failure if failure.meets_all else Ingested(str(file), failure))
                if failure.meets_all:
                    return
                continue
            sent = Ingested(str(file), operation, metadata_of(operation).document_known)
            tally.sent += 1
            if operation.done or wait_seconds is None:
                await answers.put(sent)
            else:
                tally.open += 1
                waiting.append(asyncio.create_task(wait_for(sent, operation, wait_seconds)))

    sending = asyncio.create_task(send_all())
    try:
        for _ in files:
            answer = await answers.get()
            if isinstance(answer, CommandFailed):
                raise answer
            yield answer
    finally:
        for task in (sending, *waiting):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
