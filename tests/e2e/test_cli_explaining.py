"""What stands behind a figure, a page and a reading, as processes that call a running `serve`."""

import re
from pathlib import Path

import pytest
from e2e.cli_process import answer_of, on_server

from invoice_summarizer.cli.exit_codes import ExitCode

_PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def summary(server: Path, ids: dict[str, str]) -> str:
    """The short name of a summary of the PDF of two pages."""
    written = answer_of(server, "summarize", ids["fenwick-two-pages.pdf"], "--style", "full")
    return f"{ids['fenwick-two-pages.pdf']}/{written['name'].rpartition('/')[2]}"


def test_figure_is_explained_by_its_number(server: Path, summary: str) -> None:
    written = answer_of(server, "summaries", "get", summary)
    number, claim = next(
        (number, claim)
        for number, claim in enumerate(written["claims"], start=1)
        if claim["field_paths"] == ["totals.amount_due", "currency_code"]
    )
    ran = on_server(server, "summaries", "explain", summary, str(number))
    assert ran.exit_code == ExitCode.OK
    assert f"GBP 10,333.12 [{number}]" in ran.out
    assert 'totals.amount_due  10333.12  page 2, box 79%,22%–91%,24%  "10,333.12 GBP"' in ran.out
    answer = answer_of(server, "summaries", "explain", summary, str(number))
    assert answer["claim"] == claim
    assert answer["fields"][0]["value"] == "10333.12"
    assert answer["fields"][0]["annotation"]["status"] == "PRESENT"


def test_derived_figure_is_worked_out_with_its_numbers(server: Path, summary: str) -> None:
    last = str(len(answer_of(server, "summaries", "get", summary)["claims"]))
    [worked_out] = answer_of(server, "summaries", "explain", summary, last)["recomputations"]
    assert worked_out["expression"].startswith("sum(lines[*].net_amount) - lines[0].net_amount")
    assert worked_out["with_values"].startswith("sum(473.60, 285.50, 362.00, ")
    assert worked_out["value"] == "3319.08"
    ran = on_server(server, "summaries", "explain", summary, last)
    assert "worked out as sum of net amount of each line - net amount of line 1" in ran.out
    assert "= 3319.08" in ran.out


def test_figure_that_is_not_there_is_not_found(server: Path, summary: str) -> None:
    ran = on_server(server, "summaries", "explain", summary, "999")
    assert ran.exit_code == ExitCode.NOT_FOUND
    assert re.search(r"no figure of this number; it has \d+ \[CLAIM_NOT_FOUND, ", ran.err)


def test_page_is_painted_into_a_new_file(server: Path, summary: str, tmp_path: Path) -> None:
    invoice, _, of_it = summary.partition("/")
    plain, framed = tmp_path / "plain.png", tmp_path / "framed.png"
    ran = on_server(server, "render", invoice, "1", "--to", plain)
    assert ran.exit_code == ExitCode.OK
    assert f"bytes of image/png in {plain}" in ran.out
    options = ("--field", "seller", "--summary", of_it[:8], "--figure", "2")
    assert on_server(server, "render", invoice, "1", "-o", framed, *options).exit_code == 0
    assert plain.read_bytes().startswith(_PNG) and framed.read_bytes().startswith(_PNG)
    assert plain.read_bytes() != framed.read_bytes()
    again = on_server(server, "render", invoice, "1", "--to", plain)
    assert (again.exit_code, "FILE_EXISTS" in again.err) == (ExitCode.USAGE, True)


def test_page_that_is_not_there_is_refused(server: Path, ids: dict[str, str]) -> None:
    for name, reason in (
        ("fenwick-two-pages.pdf", "no page of this number; it has 2 [PDF_PAGE_NOT_FOUND"),
        ("garonne-ubl.xml", "DOCUMENT_WITHOUT_PAGES"),
    ):
        ran = on_server(server, "render", ids[name], "3", "--to", "-")
        assert (ran.exit_code, ran.out) == (ExitCode.USAGE, "")
        assert reason in ran.err
    unknown = on_server(
        server, "render", ids["fenwick-two-pages.pdf"], "1", "--to", "-", "--field", "colour"
    )
    assert "'colour' names no field of the content; `invoicectl get` shows those" in unknown.err


def test_replay_says_that_all_is_equal_and_changes_nothing(server: Path, summary: str) -> None:
    invoice = summary.partition("/")[0]
    before = answer_of(server, "get", invoice), answer_of(server, "history", invoice)
    ran = on_server(server, "reprocess", invoice, "--replay")
    assert ran.exit_code == ExitCode.OK, ran.out
    assert ran.out.startswith("The reading is equal, byte for byte")
    assert f"summary {summary.partition('/')[2]}  equal" in ran.out
    assert (answer_of(server, "get", invoice), answer_of(server, "history", invoice)) == before
    done = answer_of(server, "reprocess", invoice, "--replay")
    assert (done["metadata"]["kind"], done["response"]["reading_equal"]) == ("REPLAY", True)


def test_replay_of_a_corrected_invoice_says_what_the_document_says(
    server: Path, ids: dict[str, str]
) -> None:
    invoice = ids["garonne-ubl.xml"]
    assert on_server(server, "correct", invoice, "buyer_reference=Desk 9").exit_code == 0
    ran = on_server(server, "reprocess", invoice, "--replay")
    assert ran.exit_code == ExitCode.FINDING
    assert "The reading differs" in ran.out
    assert "buyer_reference: Desk 9 → " in ran.out
    assert "(entered by a person)" in ran.out
