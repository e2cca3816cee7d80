"""`invoicectl generate`: files, a manifest, the truth, and what it refuses."""

import json
from pathlib import Path

from typer.testing import CliRunner

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_documents_stand_beside_their_manifest_and_truth(tmp_path: Path) -> None:
    folder = tmp_path / "generated"
    result = CliRunner().invoke(app, ["generate", str(folder), "--count", "3", "--seed", "4"])
    assert result.exit_code == 0, result.output
    manifest, truth = _lines(folder / "manifest.jsonl"), _lines(folder / "truth.jsonl")
    assert len(manifest) == 3
    assert [entry["file"] for entry in manifest] == [entry["file"] for entry in truth]
    for entry in manifest:
        assert (folder / str(entry["file"])).read_bytes().startswith(b"%PDF")
        assert entry["expected"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    arguments = ["generate", str(tmp_path), "--count", "1"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    before = (tmp_path / "manifest.jsonl").read_bytes()
    again = CliRunner().invoke(app, arguments)
    assert again.exit_code == ExitCode.USAGE.value
    assert "FILE_EXISTS" in again.output
    assert (tmp_path / "manifest.jsonl").read_bytes() == before


def test_unknown_layout_is_refused_with_those_there_are(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["generate", str(tmp_path), "--layout", "nothing"])
    assert result.exit_code == ExitCode.USAGE.value
    assert "window-letter" in result.output
    assert list(tmp_path.iterdir()) == []
