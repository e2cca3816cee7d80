"""The README of the package en16931: what it shows runs, and prints what the sample says."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from en16931.rule_register import registered_rules
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


def test_table_of_families_leads_to_the_module_of_every_rule() -> None:
    rows = re.findall(
        r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", page("src/python/en16931/README.md").text, re.M
    )
    families = [(family, re.findall(r"\]\(([\w./-]+)\)", modules)) for family, modules in rows]
    for rule in registered_rules():
        linked = [
            link for family, links in families if _has(family, rule.rule_id) for link in links
        ]
        modules = [source.partition(":")[0] for source in rule.sources]
        assert any(module.startswith(tuple(linked)) for module in modules), rule.rule_id


def _has(family: str, rule_id: str) -> bool:
    """Tells whether the rule is of the family: `BR-01 to BR-05, BR-16` of numbers, else `BR-S` of a prefix."""
    for names in family.split(", "):
        first, _, last = names.partition(" to ")
        (prefix, number), (of_rule, rule_number) = _split(first), _split(rule_id)
        if number is None or rule_number is None:
            if rule_id.startswith(f"{first}-"):
                return True
        elif prefix == of_rule and number <= rule_number <= (_split(last)[1] or number):
            return True
    return False


def _split(rule_id: str) -> tuple[str, int | None]:
    prefix, _, number = rule_id.rpartition("-")
    return (prefix, int(number)) if number.isdecimal() else (rule_id, None)
