"""`invoicectl serve` with a model: one that answers elsewhere, and one that is not installed."""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from e2e.cli_process import await_file, command, environment, invoicectl, on_server
from openai_endpoint import Reply, Stream, openai_endpoint

from invoice_summarizer.cli.exit_codes import ExitCode


@contextmanager
def endpoint(reply: Reply) -> Iterator[str]:
    """Yields where a model answers so, in a thread of its own."""
    ready, urls, ended = Event(), list[str](), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with openai_endpoint(lambda _: reply) as served:
            urls.append(served.base_url)
            ready.set()
            await ended.wait()

    thread = Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(30)
        yield urls[0]
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


@pytest.mark.parametrize(
    ("answer", "origin"),
    [
        ('{"segments": ["s2", "s1"]}', "MODEL"),
        ("It is paid already.", "TEMPLATE_AFTER_REFUSAL"),
    ],
)
def test_model_that_answers_elsewhere_chooses_and_is_held_to_what_was_asked(
    answer: str, origin: str, short_folder: Path, sample_folder: Path
) -> None:
    with endpoint(Stream([answer])) as url:
        process = subprocess.Popen(
            command(
                *("serve", "--data", short_folder, "--port", "0"),
                *("--model-url", url, "--model-name", "small"),
            ),
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            await_file(short_folder / "address", process)
            on_server(short_folder, "ingest", sample_folder / "garonne-ubl.xml")
            asked = ("garonne-ubl.xml", "--instruction", "what to pay first", "--output", "json")
            ran = on_server(short_folder, "summarize", *asked)
        finally:
            process.terminate()
            process.wait()
    summary = json.loads(ran.out)
    assert summary["origin"] == origin
    assert summary["instruction"] == "what to pay first"
    first = "EUR" if origin == "MODEL" else "Invoice"
    assert summary["text"].startswith(first)


def test_model_that_is_not_installed_is_said_in_one_line(
    short_folder: Path, tmp_path: Path
) -> None:
    ran = invoicectl(
        *("serve", "--data", short_folder, "--port", "0", "--inference", "cpu"),
        env={"INFERENCE_FOLDER": str(tmp_path / "nothing")},
    )
    assert ran.exit_code == ExitCode.UNAVAILABLE
    assert "run scripts/install-inference" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "options",
    [
        ("--model-url", "http://127.0.0.1:1/v1"),
        ("--model-name", "small"),
        ("--inference", "cpu", "--model-url", "http://127.0.0.1:1/v1", "--model-name", "small"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    options: tuple[str, ...], short_folder: Path
) -> None:
    ran = invoicectl("serve", "--data", short_folder, *options)
    assert ran.exit_code == ExitCode.USAGE
