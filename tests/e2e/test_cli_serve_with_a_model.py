"""`invoicectl serve` with a model: one that answers elsewhere, and one that is not installed."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from e2e.cli_process import (
    LONGEST_SECONDS,
    await_file,
    command,
    environment,
    invoicectl,
    on_server,
    processes_of,
)
from openai_endpoint import Reply, Stream, openai_endpoint

from invoice_inference.model_folder import write_manifest
from invoice_inference.place import InferencePlace
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
    ("answer", "origin", "outcome"),
    [
        ('{"segments": ["s2", "s1"]}', "MODEL", "LEFT_TO_MODEL"),
        ("It is paid already.", "TEMPLATE_AFTER_REFUSAL", "NOT_FOLLOWED"),
    ],
)
def test_model_that_answers_elsewhere_chooses_and_is_held_to_what_was_asked(
    answer: str, origin: str, outcome: str, short_folder: Path, sample_folder: Path
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
    assert (summary["origin"], summary["instruction_outcome"]) == (origin, outcome)
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_the_start_of_a_model_and_what_it_had_started(
    number: signal.Signals, short_folder: Path, tmp_path: Path
) -> None:
    place, begun = InferencePlace(tmp_path / "inference"), tmp_path / "begun"
    place.model.mkdir(parents=True)
    (place.model / "model.safetensors").write_bytes(b"weights")
    write_manifest(place.model, name="small", licence="Apache-2.0", origin="a test")
    place.python.parent.mkdir(parents=True)
    # It never comes up, and neither does what it has started end by itself.
    place.python.write_text(
        f"#!/bin/sh\nsh -c 'sleep 600; exit' {place.folder} >&2 &\ntouch {begun}\nexec cat\n"
    )
    place.python.chmod(0o755)
    place.stamp.write_text("")
    process = subprocess.Popen(
        command("serve", "--data", short_folder, "--port", "0", "--inference", "cpu"),
        env=environment(INFERENCE_FOLDER=str(place.folder)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        await_file(begun, process)
        process.send_signal(number)
        out, err = process.communicate(timeout=LONGEST_SECONDS)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, err) == (0, b"")
    assert out.endswith(b"\nstopped\n") and b"serving on" not in out
    assert not processes_of(str(place.folder)) and not processes_of(str(short_folder))
    assert not (short_folder / "address").exists()


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


def test_model_on_a_gpu_is_said_to_be_served_elsewhere(short_folder: Path) -> None:
    ran = invoicectl("serve", "--data", short_folder, "--inference", "gpu")
    assert ran.exit_code == ExitCode.USAGE
    assert ran.err.count("\n") == 1
    assert "name where it answers by --model-url and --model-name" in ran.err
    assert not any(short_folder.iterdir()), "nothing is begun"
