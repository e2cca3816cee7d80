"""`invoicectl read`, in this process."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app
from invoice_summarizer.samples.catalogue import SampleInvoice, sample_invoices

_WIDTH = 80
_NAMES = [sample.file_name for sample in sample_invoices()]


def _read(*arguments: str | Path, width: int = _WIDTH) -> Result:
    return CliRunner().invoke(
        app, ["read", *map(str, arguments)], env={"COLUMNS": str(width), "TERM": "dumb"}
    )


def _sample(samples: tuple[SampleInvoice, ...], name: str) -> SampleInvoice:
    return next(sample for sample in samples if sample.file_name == name)


@pytest.mark.parametrize("name", _NAMES)
def test_summary_names_number_and_total_and_numbers_every_claim(
    name: str, samples: tuple[SampleInvoice, ...], sample_folder: Path
) -> None:
    sample = _sample(samples, name)
    result = _read(sample_folder / name)
    assert result.exit_code == (ExitCode.OK if sample.sums_close else ExitCode.FINDING)
    text, _, evidence = result.stdout.partition("\n\n")
    totals = sample.expected.totals
    assert totals is not None and totals.amount_with_vat is not None
    assert str(sample.expected.invoice_number) in text
    assert f"{totals.amount_with_vat:,}" in " ".join(text.split())
    numbers = [f"[{number}]" for number in range(1, text.count("[") + 1)]
    assert numbers
    assert all(number in text for number in numbers)
    starts = [line.split()[0] for line in evidence.splitlines() if line.startswith("[")]
    assert starts == numbers


@pytest.mark.parametrize("name", _NAMES)
def test_no_line_is_wider_than_the_terminal_and_none_has_colour(
    name: str, sample_folder: Path
) -> None:
    for style in ("short", "full", "approver"):
        out = _read(sample_folder / name, "--style", style).stdout
        assert max(map(len, out.splitlines())) <= _WIDTH
        assert "\x1b" not in out


def test_json_has_every_claim_with_its_whole_place(sample_folder: Path) -> None:
    result = _read(sample_folder / "nordlicht-cii.xml", "--output", "json")
    [document] = json.loads(result.stdout)
    assert document["file"].endswith("nordlicht-cii.xml")
    assert document["form"] == "XML"
    claims = document["summary"]["claims"]
    assert claims
    for claim in claims:
        assert claim["evidence"]
        assert all(
            "derivation" in evidence or _xpath(evidence).startswith("/rsm:")
            for evidence in claim["evidence"]
        )
    amounts = document["content"]["totals"]
    assert amounts["amount_with_vat"] == "2368.71"


def test_jsonl_has_one_object_a_line(sample_folder: Path) -> None:
    result = _read(sample_folder, "--output", "jsonl")
    files = [Path(json.loads(line)["file"]).name for line in result.stdout.splitlines()]
    assert files == sorted(_NAMES)


def test_failed_rule_is_printed_with_both_sides_and_what_it_demands(sample_folder: Path) -> None:
    result = _read(sample_folder / "polderdruk-wrong-total.xml")
    assert result.exit_code == ExitCode.FINDING
    [line] = [line for line in result.stdout.splitlines() if line.startswith("BR-CO-15")]
    assert line.split() == ["BR-CO-15", "failed", "1072.59", "1063.59", "9.00", "0"]
    assert "VAT plus the VAT (BR-CO-15) [RULE_FAILED]" in " ".join(result.stdout.split())


def test_wide_terminal_has_value_and_place_on_one_line(sample_folder: Path) -> None:
    out = _read(sample_folder / "garonne-ubl.xml", width=160).stdout
    [line] = [line for line in out.splitlines() if line.startswith("[2]")]
    assert line.split() == [
        *("[2]", "invoice_number", "FA-2026-0093"),
        *("XML", "line", "4", "/ubl:Invoice/cbc:ID"),
    ]


def test_document_that_cannot_be_read_does_not_stop_the_others(
    sample_folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing\n")
    result = _read(broken, sample_folder / "garonne-ubl.xml", "--output", "json")
    assert result.exit_code == ExitCode.FINDING
    first, second = json.loads(result.stdout)
    assert first["error"]["reason"].startswith("PDF_")
    assert second["content"]["invoice_number"] == "FA-2026-0093"


def test_missing_file_exits_with_not_found(tmp_path: Path) -> None:
    assert _read(tmp_path / "none.pdf").exit_code == ExitCode.NOT_FOUND


@pytest.mark.parametrize("option", [("--language", "tlh"), ("--style", "epic"), ("--what",)])
def test_wrong_option_is_wrong_usage(option: tuple[str, ...], sample_folder: Path) -> None:
    assert _read(sample_folder / "garonne-ubl.xml", *option).exit_code == ExitCode.USAGE


def test_summary_is_written_in_the_forms_of_a_region(sample_folder: Path) -> None:
    file = sample_folder / "garonne-ubl.xml"
    british, american = (_read(file, "--language", code).stdout for code in ("en-GB", "en-US"))
    assert british != american
    assert re.search(r"of \d{1,2} [A-Z][a-z]+ 2026", british)
    assert re.search(r"of [A-Z][a-z]+ \d{1,2}, 2026", american)


def test_folder_without_documents_is_wrong_usage(tmp_path: Path) -> None:
    result = _read(tmp_path)
    assert result.exit_code == ExitCode.USAGE
    assert "[NO_DOCUMENTS]" in result.stderr


def test_samples_are_written_once_and_can_be_read(
    samples: tuple[SampleInvoice, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "invoices"
    written = CliRunner().invoke(app, ["samples", str(folder)])
    assert written.exit_code == ExitCode.OK
    assert written.stdout.splitlines() == [str(folder / sample.file_name) for sample in samples]
    for sample in samples:
        assert (folder / sample.file_name).read_bytes() == sample.data
    (folder / "nordlicht-cii.xml").write_text("mine")
    (folder / "garonne-ubl.xml").unlink()
    again = CliRunner().invoke(app, ["samples", str(folder)])
    assert again.exit_code == ExitCode.USAGE
    assert "[FILE_EXISTS]" in again.stderr
    assert (folder / "nordlicht-cii.xml").read_text() == "mine"
    assert not (folder / "garonne-ubl.xml").exists(), "all or nothing"


def test_other_files_of_a_folder_are_said_to_be_skipped(
    samples: tuple[SampleInvoice, ...], tmp_path: Path
) -> None:
    (tmp_path / "scan.heic").touch()
    (tmp_path / "a.xml").write_bytes(_sample(samples, "garonne-ubl.xml").data)
    assert _read(tmp_path).stdout.splitlines()[-1] == "1 other file skipped: 1 .heic"
    lines = _read(tmp_path, "--output", "jsonl").stdout.splitlines()
    assert json.loads(lines[-1]) == {"skipped": {".heic": 1}}


def test_text_of_a_document_cannot_steer_the_terminal(sample_folder: Path, tmp_path: Path) -> None:
    data = (sample_folder / "garonne-ubl.xml").read_text(encoding="utf-8")
    steering = tmp_path / "steering.xml"
    steering.write_text(
        data.replace("Atelier Garonne", "Atelier\u202e\u0085Garonne"), encoding="utf-8"
    )
    out = _read(steering, "--style", "full").stdout
    assert not {"\u202e", "\u0085"} & set(out)


def _xpath(evidence: dict[str, Any]) -> str:
    return str(evidence["xml_node"]["xpath"])


def test_empty_language_is_wrong_usage_in_one_line(sample_folder: Path) -> None:
    file = str(sample_folder / "garonne-ubl.xml")
    ran = CliRunner().invoke(app, ["read", file, "--language", ""])
    assert (ran.exit_code, ran.stdout) == (ExitCode.USAGE, "")
    assert ran.stderr.startswith("invoicectl: --language is empty: name one, as in de or en-GB [")
