"""Which operation, batch or summary a person means: by its id, or the start of one."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeVar

from invoice_summarizer.cli.client import InvoiceClient
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.finding import found_name, is_whole
from invoice_summarizer.cli.names import batch_name, operation_name, parts_of_summary, short_id
from invoice_summarizer.cli.options import Options, call
from invoice_summarizer.cli.paging import LARGEST_PAGE_SIZE, PageT, pages_of

_MOST_SHOWN = 5
_LISTED_BY = {
    "operation": "operations list",
    "batch": "batch list",
    "summary": "summaries list INVOICE",
}

Answer = TypeVar("Answer")


def call_on_operation(
    options: Options, typed: str, action: Callable[[InvoiceClient, str], Awaitable[Answer]]
) -> Answer:
    """Returns what the action got, which is given the full name of the operation that was meant.

    Raises CommandFailed where none has an id that begins so, and where several have.
    """
    name = operation_name(options.tenant, typed)

    async def run(client: InvoiceClient) -> Answer:
        if is_whole(typed):
            return await action(client, name)
        pages = pages_of(
            lambda token, size: client.list_operations(page_size=size, page_token=token),
            LARGEST_PAGE_SIZE,
        )
        names = _names(pages, lambda page: (each.name for each in page.operations))
        return await action(client, await _only("operation", typed, names))

    return call(options, run)


def call_on_batch(
    options: Options, typed: str, action: Callable[[InvoiceClient, str], Awaitable[Answer]]
) -> Answer:
    """Returns what the action got, which is given the full name of the batch that was meant. Raises CommandFailed."""
    name = batch_name(options.tenant, typed)

    async def run(client: InvoiceClient) -> Answer:
        if is_whole(typed):
            return await action(client, name)
        pages = pages_of(
            lambda token, size: client.batches.list(page_size=size, page_token=token),
            LARGEST_PAGE_SIZE,
        )
        names = _names(pages, lambda page: (each.name for each in page.batches))
        return await action(client, await _only("batch", typed, names))

    return call(options, run)


def call_on_summary(
    options: Options, typed: str, action: Callable[[InvoiceClient, str], Awaitable[Answer]]
) -> Answer:
    """Returns what the action got, which is given the full name of the summary that was meant.

    INVOICE/SUMMARY names the invoice as every command does, and the summary by the start of its id. Raises
    CommandFailed where there is none such, or several.
    """
    invoice, summary = parts_of_summary(typed)

    async def run(client: InvoiceClient) -> Answer:
        if is_whole(typed):
            return await action(client, typed)
        of = await found_name(client, invoice)
        return await action(client, await summary_of(client, of, summary))

    return call(options, run)


async def summary_of(client: InvoiceClient, invoice: str, typed: str) -> str:
    """Returns the full name of the invoice's summary whose id is typed, or begins so. Raises CommandFailed as above."""
    if is_whole(typed):
        return typed if "/" in typed else f"{invoice}/summaries/{typed}"
    pages = pages_of(
        lambda token, size: client.list_summaries(invoice, page_size=size, page_token=token),
        LARGEST_PAGE_SIZE,
    )
    names = _names(pages, lambda page: (each.name for each in page.summaries))
    return await _only("summary", typed, names)


async def _names(
    pages: AsyncIterator[PageT], names_of: Callable[[PageT], Iterable[str]]
) -> AsyncIterator[str]:
    async for page in pages:
        for name in names_of(page):
            yield name


async def _only(kind: str, start: str, names: AsyncIterator[str]) -> str:
    """Returns the one name whose id begins so. Raises CommandFailed where there is none, and where there are several."""
    found = [name async for name in names if short_id(name).startswith(start)]
    if not found:
        raise CommandFailed(
            ExitCode.NOT_FOUND,
            f"{kind.upper()}_NOT_FOUND",
            f"no {kind} has an id that begins with {start!r}: `invoicectl {_LISTED_BY[kind]}` shows those there are",
        )
    if len(found) > 1:
        shown = ", ".join(map(short_id, found[:_MOST_SHOWN]))
        more = ", and more" if len(found) > _MOST_SHOWN else ""
        raise CommandFailed(
            ExitCode.USAGE,
            f"{kind.upper()}_AMBIGUOUS",
            f"{start!r} is the start of several ids: {shown}{more}",
        )
    return found[0]
