"""`serve`: the whole system in one process on this machine."""

import asyncio
import shlex
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from invoice_summarizer.cli.failures import wrong_usage
from invoice_summarizer.cli.options import (
    DEFAULT_PORT,
    DEFAULT_REST_PORT,
    TOKEN_FILE_NAME,
    default_data_folder,
    options_of,
)

if TYPE_CHECKING:
    from invoice_summarizer.local_stack import LocalStack

_LOG_FILE_NAME = "serve.log"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Inference(StrEnum):
    CPU = "cpu"
    GPU = "gpu"  # what somebody types who has one: told where it is served


class LogPlace(StrEnum):
    FILE = "file"
    STDERR = "stderr"


def serve(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option(
            min=0, max=65535, metavar="PORT", help="Port on loopback; 0 takes a free one."
        ),
    ] = DEFAULT_PORT,
    metrics_port: Annotated[
        int,
        typer.Option(
            min=0,
            max=65535,
            metavar="PORT",
            help="Port on loopback of /livez, /readyz and /metrics; 0 takes a free one.",
        ),
    ] = 0,
    rest_port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            metavar="PORT",
            help=f"Port on loopback of REST, with its description at /docs; 0 takes a free one. Else {DEFAULT_REST_PORT}, or a free one where --port is 0.",
            show_default=False,
        ),
    ] = None,
    reflection: Annotated[
        bool, typer.Option("--reflection", help="Tell clients which services there are.")
    ] = False,
    inference: Annotated[
        Inference | None,
        typer.Option(
            metavar="PROFILE",
            help="cpu: serve the small model that scripts/install-inference has installed, and let it choose the sentences of summaries.",
            show_default=False,
        ),
    ] = None,
    model_url: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Or let a model choose them that answers there by the OpenAI protocol, as in http://127.0.0.1:8000/v1.",
            show_default=False,
        ),
    ] = "",
    model_name: Annotated[
        str, typer.Option(metavar="NAME", help="Its name there.", show_default=False)
    ] = "",
    model_key_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="File with the token that it wants there.", show_default=False
        ),
    ] = None,
    assist_reading: Annotated[
        bool,
        typer.Option(
            "--assist-reading",
            help="Also let the model point at words of documents that are not read surely.",
        ),
    ] = False,
    batches: Annotated[
        bool, typer.Option("--batches", help="Run the jobs of batches too, by a Ray beside it.")
    ] = False,
    import_folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Let batches take documents from the folder `default` in this one.",
            show_default=False,
        ),
    ] = None,
    log_level: Annotated[
        LogLevel,
        typer.Option(metavar="LEVEL", help="Least that is logged: debug, info, warning or error."),
    ] = LogLevel.INFO,
    log_to: Annotated[
        LogPlace,
        typer.Option(
            metavar="PLACE", help=f"file ({_LOG_FILE_NAME} in the data folder) or stderr."
        ),
    ] = LogPlace.FILE,
) -> None:
    """Run everything here: all services and a worker, with a PostgreSQL of its own, until Ctrl-C or SIGTERM.

    `--data FOLDER` says where everything is kept.
    """
    # Here, so that commands that only call a server start without the server.
    from invoice_summarizer.cli.model_elsewhere import model_settings
    from invoice_summarizer.cli.serving import serve_until_signal

    if bool(model_url) != bool(model_name):
        raise wrong_usage("--model-url and --model-name go together")
    if model_key_file and not model_url:
        raise wrong_usage("--model-key-file goes with --model-url")
    if inference is Inference.GPU:
        raise wrong_usage(
            "a model on a GPU is not served by this command but on a cluster, as docs/inference.md says: name where it "
            "answers by --model-url and --model-name, or take --inference cpu"
        )
    if inference and model_url:
        raise wrong_usage("--inference and --model-url are two ways to have a model: take one")
    if assist_reading and not (inference or model_url):
        raise wrong_usage("--assist-reading wants a model: name one, or take --inference cpu")

    elsewhere = model_settings(model_url, model_name, model_key_file) if model_url else None
    options = options_of(context)
    folder = options.data_folder.absolute()
    print_ = options.output().console.print
    asyncio.run(
        serve_until_signal(
            folder,
            port,
            metrics_port=metrics_port,
            rest_port=rest_port if rest_port is not None else DEFAULT_REST_PORT if port else 0,
            reflection=reflection,
            log_level=log_level.upper(),
            inference=inference is not None,
            elsewhere=elsewhere,
            assist_reading=assist_reading,
            batches=batches,
            import_folder=import_folder.absolute() if import_folder else None,
            report=print_,
            open_log=lambda: _opened_log(folder, log_to),
            on_starting=lambda: print_("starting PostgreSQL and the services ..."),
            on_started=lambda stack, rest: print_(
                _welcome(folder, stack, rest, log_to), soft_wrap=True
            ),
        )
    )
    print_("stopped")


def _welcome(folder: Path, stack: "LocalStack", rest: int | None, log_to: LogPlace) -> str:
    other = folder != default_data_folder().absolute()
    program = f"invoicectl --data {shlex.quote(str(folder))}" if other else "invoicectl"
    log_place = folder / _LOG_FILE_NAME if log_to is LogPlace.FILE else "standard error"
    by_rest = f"\n  REST        http://127.0.0.1:{rest}/docs" if rest else ""
    return f"""serving on 127.0.0.1:{stack.ingest_port} until Ctrl-C{by_rest}
  token file  {folder / TOKEN_FILE_NAME}
  log         {log_place}
  metrics     http://127.0.0.1:{stack.http_port}/metrics

In another terminal:
  {program} ingest FILE_OR_FOLDER
  {program} list --filter 'status="review_pending"'
  {program} summarize INVOICE --language de
  {program} aggregate --by supplier"""


def _opened_log(folder: Path, log_to: LogPlace) -> AbstractContextManager[TextIO | None]:
    if log_to is LogPlace.STDERR:
        return nullcontext()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Line by line: whoever follows the log sees events when they happen.
        return (folder / _LOG_FILE_NAME).open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise wrong_usage(f"cannot use {folder}: {error.strerror}") from None
