"""How far a document is whose pictures are read page by page, as its operation shows it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from invoice_summarizer.domain.errors import InvoiceSummarizerError, LeaseLost
from invoice_summarizer.domain.operation import Claim, Progress
from invoice_summarizer.ports.document_reader import PagesTold
from invoice_summarizer.ports.transactions import Transactions

T = TypeVar("T")
_log = structlog.get_logger()


async def with_page_progress(
    transactions: Transactions, claim: Claim, read: Callable[[PagesTold], Awaitable[T]]
) -> T:
    """Returns what `read` does, whose pages the operation counts meanwhile.

    What cannot be written down now is left out. An operation that is no longer this worker's, as one that was cancelled,
    ends the reading, of which nothing goes on, with LeaseLost.
    """
    news = _News()
    reading = asyncio.ensure_future(read(news.tell))
    writing = asyncio.create_task(_write(transactions, claim, news))
    try:
        await asyncio.wait({reading, writing}, return_when=asyncio.FIRST_COMPLETED)
        if not reading.done():
            writing.result()  # before its end it ends by an error alone
        news.end()
        await writing  # what it writes just now is not broken off
    finally:
        for task in (reading, writing):
            task.cancel()  # which does nothing where it has ended
        await asyncio.gather(reading, writing, return_exceptions=True)
    return reading.result()


class _News:
    """The newest progress that nobody has written down."""

    def __init__(self) -> None:
        self._newest = Progress()
        self._is_there = asyncio.Event()
        self._ended = False

    def tell(self, done: int, pages: int) -> None:
        self._newest = Progress(done, pages)
        self._is_there.set()

    def end(self) -> None:
        self._ended = True
        self._is_there.set()

    async def next(self) -> Progress | None:
        """Returns None at the end, where what is newest is no news any more."""
        await self._is_there.wait()
        self._is_there.clear()
        return None if self._ended else self._newest


async def _write(transactions: Transactions, claim: Claim, news: _News) -> None:
    while (progress := await news.next()) is not None:
        try:
            async with transactions.begin(claim.operation.tenant) as transaction:
                await transaction.operations.advance(claim, progress)
        except LeaseLost:
            raise
        except InvoiceSummarizerError as error:
            _log.warning("progress_not_written", operation=claim.operation.id, reason=error.reason)
