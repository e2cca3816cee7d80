"""Where a process has its large work done."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.work_process.long_work import ProcessLongWork
from invoice_summarizer.ports.long_work import LongWork


@asynccontextmanager
async def opened_long_work() -> AsyncIterator[LongWork]:
    """Yields what does it in a child process, of which none is left at the end."""
    work = ProcessLongWork()
    try:
        yield work
    finally:
        await work.aclose()
