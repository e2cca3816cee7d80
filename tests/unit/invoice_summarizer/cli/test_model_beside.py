"""A model that is served beside `serve` is started again where it ends, with shell scripts in the place of its Python."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from invoice_inference.model_folder import write_manifest
from invoice_inference.place import FOLDER_VARIABLE, InferencePlace
from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.failures import CommandFailed
from invoice_summarizer.cli.local_model import model_beside

READY = """echo '{"state": "ready"}'"""


class Said:
    """What is reported; `until` waits for words of it."""

    def __init__(self) -> None:
        self.lines = list[str]()
        self._new = asyncio.Event()

    def __call__(self, line: str) -> None:
        self.lines.append(line)
        self._new.set()

    async def until(self, words: str) -> None:
        async with asyncio.timeout(30):
            while not any(words in line for line in self.lines):
                self._new.clear()
                await self._new.wait()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[InferencePlace]:
    place = InferencePlace(tmp_path / "inference")
    monkeypatch.setenv(FOLDER_VARIABLE, str(place.folder))
    place.model.mkdir(parents=True)
    (place.model / "model.safetensors").write_bytes(b"weights")
    write_manifest(place.model, name="small", licence="Apache-2.0", origin="a test")
    yield place


def install(place: InferencePlace, first_start: str, next_starts: str) -> None:
    mark = place.folder / "started"
    place.python.parent.mkdir(parents=True)
    place.python.write_text(
        f"#!/bin/sh\nif [ ! -e {mark} ]; then touch {mark}; {first_start}; else {next_starts}; fi\n"
    )
    place.python.chmod(0o755)
    place.stamp.write_text("")


async def test_model_that_ends_is_started_again_at_the_same_place(
    place: InferencePlace, tmp_path: Path
) -> None:
    install(place, f"{READY}; sleep 0.2", f"{READY}; exec cat")
    said = Said()
    async with model_beside(tmp_path / "data", said) as settings:
        assert settings.name == "small" and settings.weights_sha256
        assert f"the model answers at {settings.url}; its metrics: http://" in said.lines[-1]
        await said.until("the model has ended (inference.log says more); it is started again")
        await said.until("the model answers again")


async def test_model_that_cannot_be_started_again_is_left_to_the_templates(
    place: InferencePlace, tmp_path: Path
) -> None:
    install(place, f"{READY}; sleep 0.2", "exit 3")
    said = Said()
    async with model_beside(tmp_path / "data", said):
        await said.until("templates write the summaries from now on")
    assert "exit code 3" in said.lines[-1]


async def test_model_that_does_not_start_is_said_in_one_line(
    place: InferencePlace, tmp_path: Path
) -> None:
    install(place, "exit 3", "exit 3")
    with pytest.raises(CommandFailed) as failure:
        async with model_beside(tmp_path / "data", Said()):
            raise AssertionError("it has not started")
    assert failure.value.exit_code == ExitCode.UNAVAILABLE
    assert "\n" not in str(failure.value)
