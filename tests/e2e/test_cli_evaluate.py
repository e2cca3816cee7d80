"""`invoicectl evaluate`: documents in, the scorer's format out."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app
from invoice_summarizer.samples.catalogue import SampleInvoice


@pytest.fixture
def manifest(sample_folder: Path, samples: tuple[SampleInvoice, ...], tmp_path: Path) -> Path:
    """The samples, a file that is no invoice, and one that is not there; all with a truth that is wrong."""
    for sample in samples:
        (tmp_path / sample.file_name).write_bytes(sample.data)
    (tmp_path / "picture.gif").write_bytes(b"GIF89a")
    names = [sample.file_name for sample in samples]
    entries = [{"file": name, "kind": name.rpartition(".")[2]} for name in names]
    entries += [{"file": "picture.gif", "kind": "gif"}, {"file": "none.pdf", "kind": "none"}]
    path = tmp_path / "manifest.jsonl"
    lines = [json.dumps({**entry, "expected": {"invoice_number": "WRONG"}}) for entry in entries]
    path.write_text("\n".join(lines) + "\n\n")
    return path


def _evaluate(manifest: Path, *options: str) -> tuple[Result, list[dict[str, Any]]]:
    out = manifest.with_name("predictions.jsonl")
    result = CliRunner().invoke(app, ["evaluate", str(manifest), "--out", str(out), *options])
    rows = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
    return result, rows


def test_xml_samples_give_every_field_of_the_scorer(
    manifest: Path, samples: tuple[SampleInvoice, ...]
) -> None:
    result, rows = _evaluate(manifest)
    assert result.exit_code == ExitCode.OK
    by_file = {row["file"]: row for row in rows}
    for sample in samples:
        if sample.file_name == "fenwick-two-pages.pdf":
            continue  # read from words: how well is the matter of other tests
        row, expected = by_file[sample.file_name], sample.expected
        totals, payment = expected.totals, expected.payment_instructions
        assert totals is not None and payment is not None
        assert expected.seller is not None and expected.buyer is not None
        wanted = {
            "invoice_number": expected.invoice_number,
            "issue_date": str(expected.issue_date),
            "currency": expected.currency_code,
            "seller_name": expected.seller.name,
            "buyer_name": expected.buyer.name,
            "net_amount": str(totals.amount_without_vat),
            "tax_amount": str(totals.vat_amount),
            "total_amount": str(totals.amount_with_vat),
            "iban": payment.credit_transfers[0].account_identifier,
            "line_count": len(expected.lines),
        }
        if expected.payment_due_date is not None:
            wanted["due_date"] = str(expected.payment_due_date)
        assert row["fields"] == wanted
        assert row["auto"] is sample.sums_close
        assert set(row["confidence"]) == set(wanted) - {"line_count"}
        assert row["seconds"] > 0
        assert "error" not in row


def test_documents_that_cannot_be_read_have_a_reason_and_no_fields(manifest: Path) -> None:
    result, rows = _evaluate(manifest, "--kinds", "gif,none")
    assert result.exit_code == ExitCode.OK
    assert [(row["file"], row["fields"], row["auto"], row["error"]) for row in rows] == [
        ("picture.gif", {}, False, "DOCUMENT_TYPE_UNSUPPORTED"),
        ("none.pdf", {}, False, "FILE_NOT_FOUND"),
    ]
    assert "2 documents: 0 read, 2 not" in result.stdout


def test_rows_come_in_the_order_of_the_manifest_with_several_jobs(
    manifest: Path, samples: tuple[SampleInvoice, ...]
) -> None:
    _, rows = _evaluate(manifest, "--jobs", "3", "--kinds", "xml", "--kinds", "pdf")
    assert [row["file"] for row in rows] == [sample.file_name for sample in samples]


def test_the_truth_is_never_looked_at(manifest: Path) -> None:
    with_truth = _evaluate(manifest)[1]
    entries = [json.loads(line) for line in manifest.read_text().split("\n") if line]
    for entry in entries:
        entry["expected"] = "not even an object"
    manifest.write_text("\n".join(map(json.dumps, entries)))
    assert _without_times(_evaluate(manifest)[1]) == _without_times(with_truth)


@pytest.mark.parametrize("text", ["no json", '{"kind": "xml"}', "[]"])
def test_what_is_no_manifest_is_wrong_usage(text: str, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text(text)
    result, rows = _evaluate(manifest)
    assert result.exit_code == ExitCode.USAGE
    assert rows == []


def test_unknown_kind_is_wrong_usage(manifest: Path) -> None:
    assert _evaluate(manifest, "--kinds", "tiff")[0].exit_code == ExitCode.USAGE


def _without_times(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "seconds": 0} for row in rows]
