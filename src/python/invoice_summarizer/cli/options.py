"""What every command has: where the server is, who calls, and how answers are printed."""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from invoice_summarizer.cli.channels import Endpoint
from invoice_summarizer.cli.client import InvoiceClient, connected
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed, wrong_usage
from invoice_summarizer.cli.other_tenant import tenant_of
from invoice_summarizer.cli.presentation.output import Output, OutputFormat
from invoice_summarizer.cli.presentation.summary import EvidenceDetail
from invoice_summarizer.cli.tls_files import TlsFiles, tls_files

ADDRESS_FILE_NAME = "address"  # in the data folder, while `serve` runs
TOKEN_FILE_NAME = "token"
TOKEN_LIST_FILE_NAME = "tokens.json"
DEFAULT_PORT = 50051
DEFAULT_REST_PORT = 8080
_LAST_PORT = 65_535
_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+):(?P<port>[0-9]{1,5})")
_TOKEN = re.compile(r"[!-~]+")  # what stands in a header: visible ASCII
_LOOPBACK = ("127.0.0.1:", "localhost:", "[::1]:")

Answer = TypeVar("Answer")


class Style(StrEnum):
    """The styles of a summary."""

    ONE_LINE = "one-line"
    SHORT = "short"
    FULL = "full"
    APPROVER = "approver"

    @property
    def api_name(self) -> str:
        return self.value.upper().replace("-", "_")


def _named_language(language: str) -> str:
    """Returns the language. Raises CommandFailed where none is named, which a server takes for English."""
    if not language.strip():
        raise wrong_usage("--language is empty: name one, as in de or en-GB")
    return language


LanguageOption = Annotated[
    str,
    typer.Option(
        metavar="LANGUAGE",
        help="en, de, fr, it, es or nl; with a region as in en-GB or de-AT.",
        callback=_named_language,
    ),
]
EvidenceOption = Annotated[
    EvidenceDetail,
    typer.Option(
        metavar="DETAIL",
        help="How much of where its figures stand: none, notes (their numbers behind each sentence) or full (a number "
        "behind each figure, with its place).",
    ),
]
StyleOption = Annotated[
    Style, typer.Option(metavar="STYLE", help="one-line, short, full or approver.")
]
EtagOption = Annotated[
    str,
    typer.Option(
        metavar="ETAG",
        help="Do it only if the invoice still has this etag, which `get` shows.",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the options of every command and the environment say."""

    output_format: OutputFormat
    data_folder: Path
    address: str | None
    summarize_address: str | None
    query_address: str | None
    token_file: Path | None
    tenant: str
    tls: TlsFiles | None
    timeout_seconds: float

    def output(self) -> Output:
        return Output(self.output_format)

    def endpoint(self) -> Endpoint:
        """Returns where to call: as the options say, else where `serve` left its address and token.

        Raises CommandFailed where no server is named and none runs here, where an address is none, where there is no
        token, or a token would go over the network in the clear.
        """
        address = self.address or _first_line(self.data_folder / ADDRESS_FILE_NAME)
        if not address and self.token_file is None:
            raise CommandFailed(
                ExitCode.UNAVAILABLE,
                "SERVER_NOT_RUNNING",
                f"no server here ({self.data_folder}): start one with `invoicectl serve`",
            )
        address = address or f"127.0.0.1:{DEFAULT_PORT}"
        token = self._token()
        endpoint = Endpoint(
            ingest_address=address,
            summarize_address=self.summarize_address or address,
            query_address=self.query_address or address,
            token=token,
            tenant=self.tenant,
            token_tenant=tenant_of(token, self.data_folder / TOKEN_LIST_FILE_NAME),
            tls=self.tls,
            timeout_seconds=self.timeout_seconds,
        )
        for each in endpoint.addresses:
            _require_address(each)
            if self.tls is None and not each.startswith(_LOOPBACK):
                raise wrong_usage(
                    f"the token would go to {each} in the clear: use --tls or --ca-file"
                )
        return endpoint

    def _token(self) -> str:
        path = self.token_file or self.data_folder / TOKEN_FILE_NAME
        token = _first_line(path)
        if token is None:
            raise _without_token("TOKEN_FILE_MISSING", f"there is no file {path}")
        if not token:
            raise _without_token("TOKEN_FILE_EMPTY", f"{path} is empty")
        if not _TOKEN.fullmatch(token):
            raise _without_token("TOKEN_UNUSABLE", f"the first line of {path} is no token")
        return token


def options_of(context: typer.Context, *, csv: bool = False) -> Options:
    """Returns what was said before the command, behind it, and by the environment. `csv`: the command gives a list.

    Raises CommandFailed where CSV is asked for and the answer is no list, and for a half of certificate and key.
    """
    given = context.find_root().params
    options = Options(
        output_format=given["output"],
        data_folder=given["data"] or default_data_folder(),
        address=given["address"],
        summarize_address=given["summarize_address"],
        query_address=given["query_address"],
        token_file=given["token_file"],
        tenant=given["tenant"],
        tls=tls_files(given["tls"], given["ca_file"], given["certificate_file"], given["key_file"]),
        timeout_seconds=given["timeout"],
    )
    if options.output_format is OutputFormat.CSV and not csv:
        raise wrong_usage(
            "only list, lines, history, operations list, batch results and aggregate have --output csv;"
            " this has table, json and jsonl"
        )
    return options


def call(options: Options, action: Callable[[InvoiceClient], Awaitable[Answer]]) -> Answer:
    """Returns what the action got from the server."""

    async def run() -> Answer:
        async with connected(options.endpoint()) as client:
            return await action(client)

    return asyncio.run(run())


def default_data_folder() -> Path:
    """Returns `invoicectl` in the folder for data of the XDG base directory specification."""
    home = os.environ.get("XDG_DATA_HOME")
    return (Path(home) if home else Path.home() / ".local" / "share") / "invoicectl"


def _require_address(text: str) -> None:
    """Raises CommandFailed where the text is not HOST:PORT, an IPv6 address in brackets."""
    known = _ADDRESS.fullmatch(text)
    if known is None or not 0 < int(known["port"]) <= _LAST_PORT:
        raise wrong_usage(
            f"{text!r} is no address: one has a host and a port, as 127.0.0.1:50051 or invoices.example.com:443 has",
            "INVALID_ADDRESS",
        )


def _without_token(reason: str, problem: str) -> CommandFailed:
    return CommandFailed(
        ExitCode.DENIED,
        reason,
        f"{problem}: start `invoicectl serve`, or name a file that holds a token by --token-file",
    )


def _first_line(path: Path) -> str | None:
    """Returns the first line that is not blank, empty where there is none; None where there is no file."""
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise wrong_usage(f"cannot read {path}: {error.strerror}", "FILE_UNREADABLE") from None
    except UnicodeDecodeError:
        raise wrong_usage(f"cannot read {path}: it is no text", "FILE_UNREADABLE") from None
    return text.splitlines()[0] if text else ""
