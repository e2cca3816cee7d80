"""The README of the package en16931: what it shows runs, and prints what the sample says."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from invoice_summarizer.samples.catalogue import sample_invoices
from markdown_page import page


def test_what_it_shows_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [code] = re.findall(
        r"^```python\n(.*?)^```$", page("src/python/en16931/README.md").text, re.M | re.S
    )
    [sample] = [
        each for each in sample_invoices() if each.file_name == "polderdruk-wrong-total.xml"
    ]
    (tmp_path / "invoice.xml").write_bytes(sample.data)
    monkeypatch.chdir(tmp_path)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "README.md", "exec"), {})
    totals = sample.expected.totals
    assert totals is not None
    first, second, *broken = printed.getvalue().splitlines()
    assert first == f"UBL-Invoice {totals.amount_due}"
    assert second.startswith("/ubl:Invoice/") and second.endswith(f" {totals.amount_due}")
    assert [line.split()[0] for line in broken] == ["BR-CO-15"] and broken[0].endswith(" 9.00")
