"""Which invoice a person means: by its id, the start of one, its number, or the name of its file."""

import re
import shlex
from collections.abc import Awaitable, Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from invoice_summarizer.cli.client import Invoice, InvoiceClient
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.names import invoice_name, short_id
from invoice_summarizer.cli.options import Options, call
from invoice_summarizer.cli.presentation.invoice import titled

_WHOLE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FULL_NAME = "tenants/"
_START_OF_ID = re.compile(r"[0-9a-f][0-9a-f-]{0,34}")
_MOST_SHOWN = 5
_NEWEST = 200  # among which what was mistyped is looked for

Answer = TypeVar("Answer")


def call_on(
    options: Options,
    typed: str,
    action: Callable[[InvoiceClient, str], Awaitable[Answer]],
) -> Answer:
    """Returns what the action got, which is given the full name of the invoice that was meant."""

    async def run(client: InvoiceClient) -> Answer:
        return await action(client, await found_name(client, typed))

    return call(options, run)


async def found_name(client: InvoiceClient, typed: str) -> str:
    """Returns the full name of the one invoice that has the name, the id, the number, or the file name.

    Where none has, the one whose id begins so. Raises CommandFailed where there is none, with what is like it, and
    where there are several, with each of them.
    """
    if is_whole(typed):
        return invoice_name(client.tenant, typed)
    return (await _found(client, typed)).name


async def found_invoice(client: InvoiceClient, typed: str) -> Invoice:
    """Returns the invoice that `found_name` names. Raises CommandFailed as it does, and where there is none."""
    if is_whole(typed):
        return await client.get_invoice(invoice_name(client.tenant, typed))
    return await _found(client, typed)


async def _found(client: InvoiceClient, typed: str) -> Invoice:
    has_number, has_file = (
        f"{field}={_quoted(typed)}" for field in ("invoice_number", "document.file_name")
    )
    found = await _with(client, f"{has_number} OR {has_file}")
    if len(found) > _MOST_SHOWN:  # the number may be behind them
        found = await _with(client, has_number) or found
    found = [each for each in found if each.content.invoice_number == typed] or found
    if not found and _START_OF_ID.fullmatch(typed):
        found = await _with(client, f'invoice_id="{typed}*"')
    if len(found) == 1:
        return found[0]
    raise _ambiguous(typed, found) if found else await _unknown(client, typed)


def is_whole(typed: str) -> bool:
    """Says whether it is an id or a full name, for which nothing has to be looked for."""
    return bool(_WHOLE_ID.fullmatch(typed)) or typed.startswith(_FULL_NAME)


async def _with(
    client: InvoiceClient, filter: str, most: int = _MOST_SHOWN + 1
) -> Sequence[Invoice]:
    return (await client.list_invoices(filter=filter, page_size=most)).invoices


def _ambiguous(typed: str, found: Sequence[Invoice]) -> CommandFailed:
    return CommandFailed(
        ExitCode.USAGE,
        "INVOICE_AMBIGUOUS",
        f"{typed!r} is of several invoices; name one by its id: {_listed(found)}",
    )


async def _unknown(client: InvoiceClient, typed: str) -> CommandFailed:
    like = _quoted(typed)
    near = [*await _with(client, f"invoice_number:{like} OR document.file_name:{like}")]
    near = near or _near(Path(typed).name, await _with(client, "", _NEWEST))
    if not near and _is_file(typed):
        raise CommandFailed(
            ExitCode.NOT_FOUND,
            "INVOICE_NOT_FOUND",
            f"{typed!r} is a file here, and no invoice: `invoicectl ingest {shlex.quote(typed)}` takes it in",
        )
    hint = f"; near it: {_listed(near)}" if near else "; `invoicectl list` shows those there are"
    return CommandFailed(
        ExitCode.NOT_FOUND,
        "INVOICE_NOT_FOUND",
        f"no invoice has the number, the file name or the id {typed!r}{hint}",
    )


def _is_file(typed: str) -> bool:
    try:
        return Path(typed).is_file()
    except OSError:  # a name that is too long for one
        return False


def _near(typed: str, invoices: Sequence[Invoice]) -> list[Invoice]:
    """Returns the invoices of which a word that names them is much like what was typed."""
    by_word = {word.lower(): invoice for invoice in invoices for word in words_of(invoice)}
    close = get_close_matches(typed.lower(), by_word, n=_MOST_SHOWN)
    return list({by_word[word].name: by_word[word] for word in close}.values())


def words_of(invoice: Invoice) -> Iterator[str]:
    """Yields what may be typed for the invoice, as far as it has it."""
    for word in (invoice.content.invoice_number, invoice.document.file_name):
        if word:
            yield word
    yield short_id(invoice.name)


def _listed(invoices: Sequence[Invoice]) -> str:
    shown = [
        f"{short_id(invoice.name)} ({titled(invoice.content, invoice.document)})"
        for invoice in invoices[:_MOST_SHOWN]
    ]
    return ", ".join(shown) + (", and more" if len(invoices) > _MOST_SHOWN else "")


def _quoted(text: str) -> str:
    r"""Returns the text as a value of a filter, in which a * is only itself: "a\"b\*"."""
    return '"' + re.sub(r'([\\"*])', r"\\\1", text) + '"'
