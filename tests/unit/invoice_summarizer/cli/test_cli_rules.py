"""`invoicectl rules` answers what a rule demands, to people and to programs."""

import json

from typer.testing import CliRunner

from invoice_summarizer.cli.exit_codes import ExitCode
from invoice_summarizer.cli.main import app


def test_rule_is_told_with_its_sentence_terms_pack_and_place() -> None:
    result = CliRunner().invoke(app, ["rules", "BR-CO-15"])
    assert result.exit_code == ExitCode.OK
    first, sentence, *rest = result.stdout.splitlines()
    assert first == "BR-CO-15  error, cen-1.3.16, of CII, UBL-Invoice, UBL-CreditNote"
    assert "BT-112" in sentence
    assert "  BT-112 total with VAT" in rest
    assert any("en16931/rules/total_amounts.py:" in line for line in rest)


def test_id_of_a_finding_on_the_document_as_written_is_that_of_the_rule() -> None:
    of_finding, of_rule = (
        CliRunner().invoke(app, ["--output", "json", "rules", rule_id]).stdout
        for rule_id in ("BR-CO-15/XML", "br-co-15")
    )
    assert json.loads(of_finding) == json.loads(of_rule) != []


def test_pattern_names_a_family() -> None:
    result = CliRunner().invoke(app, ["--output", "json", "rules", "BR-S-*"])
    ids = sorted({rule["rule"] for rule in json.loads(result.stdout)})
    assert ids == [f"BR-S-{number:02}" for number in range(1, 11)]


def test_rule_that_differs_between_syntaxes_is_told_for_each() -> None:
    result = CliRunner().invoke(app, ["--output", "json", "rules", "BR-CL-01"])
    syntaxes = [tuple(rule["syntaxes"]) for rule in json.loads(result.stdout)]
    assert ("CII",) in syntaxes and len(syntaxes) > 1


def test_unknown_rule_is_not_found() -> None:
    result = CliRunner().invoke(app, ["rules", "BR-XX-99"])
    assert result.exit_code == ExitCode.NOT_FOUND
    assert "RULE_NOT_FOUND" in result.stderr
