"""A model folder says what it is made of, and damage to it is seen."""

import json
from pathlib import Path

import pytest

from invoice_inference.model_folder import (
    MANIFEST_NAME,
    BrokenModelFolder,
    read_manifest,
    verify_model_folder,
    write_manifest,
)

_FILES = {
    "config.json": b"{}",
    "model.safetensors": b"weights",
    "tokenizer.json": b"tokens",
    "chat_template.jinja": b"{{ messages }}",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in _FILES.items():
        (tmp_path / name).write_bytes(content)
    write_manifest(tmp_path, name="small", licence="Apache-2.0", origin="a test")
    return tmp_path


def test_whole_folder_is_what_was_written_down(folder: Path) -> None:
    manifest = verify_model_folder(folder)
    assert (manifest.name, manifest.licence, manifest.origin) == ("small", "Apache-2.0", "a test")
    assert manifest.files.keys() == _FILES.keys()


def test_digests_of_weights_and_tokenizer_change_with_their_files_only(folder: Path) -> None:
    before = read_manifest(folder)
    (folder / "chat_template.jinja").write_bytes(b"another")
    after = write_manifest(folder, name="small", licence="Apache-2.0", origin="a test")
    assert after.weights_digest == before.weights_digest
    assert after.tokenizer_digest != before.tokenizer_digest


def test_digests_stand_in_the_manifest_for_people(folder: Path) -> None:
    content = json.loads((folder / MANIFEST_NAME).read_text())
    manifest = read_manifest(folder)
    assert content["weights_digest"] == manifest.weights_digest
    assert content["tokenizer_digest"] == manifest.tokenizer_digest


@pytest.mark.parametrize("name", _FILES)
def test_damaged_file_is_named_in_one_line(folder: Path, name: str) -> None:
    (folder / name).write_bytes(_FILES[name] + b"!")
    assert _problem(folder) == f"{name} of the model in {folder} is damaged"


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()
    assert _problem(folder) == f"tokenizer.json of the model in {folder} is missing"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"name": "small"}', "\x00"])
def test_damaged_manifest_is_named(folder: Path, content: str) -> None:
    (folder / MANIFEST_NAME).write_text(content)
    assert _problem(folder) == f"manifest.json of the model in {folder} cannot be read"


def test_folder_without_manifest_holds_no_model(tmp_path: Path) -> None:
    assert _problem(tmp_path / "none") == f"{tmp_path / 'none'} holds no model"


def _problem(folder: Path) -> str:
    with pytest.raises(BrokenModelFolder) as refusal:
        verify_model_folder(folder)
    problem, remedy = str(refusal.value).rsplit(": ", 1)
    assert remedy == "run scripts/install-inference"
    return problem
