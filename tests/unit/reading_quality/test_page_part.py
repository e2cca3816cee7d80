"""The part on reading counts what it is given, names the worst field, and leaves the other parts of the page."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from reading_quality.labelled import Labelled, Outcome
from reading_quality.page_part import part_of_reading
from reading_quality.readings import JudgedDocument
from summary_quality.page_parts import model_part, template_part, write_page, write_reading_part

EXPECTED = {
    "invoice_number": "1",
    "issue_date": "2026-01-02",
    "currency": "EUR",
    "seller_name": "Acme Ltd",
    "buyer_name": "Bolt SA",
    "total_amount": "10.00",
}


def judged(
    number: int, seller: str, confidence: float, *, kind: str = "pdf-digital"
) -> JudgedDocument:
    document = Labelled(f"{number}.pdf", kind, {**EXPECTED}, layout=str(number))
    values: dict[str, str | int] = {**EXPECTED, "seller_name": seller}
    outcomes = {field: document.outcome(field, values[field]) for field in EXPECTED}
    confidences = {**dict.fromkeys(EXPECTED, 0.99), "seller_name": confidence}
    return JudgedDocument(
        document, values, outcomes, {}, confidences, outcomes["seller_name"] is Outcome.RIGHT, True
    )


def part(*documents: JudgedDocument) -> str:
    return part_of_reading(
        {"made": documents}, command="make it", commit="abc", day=date(2026, 1, 2)
    )


def test_documents_of_each_kind_are_counted() -> None:
    right = [judged(number, "Acme Ltd", 0.97) for number in range(30)]
    wrong = [judged(number, "Bolt SA", 0.5, kind="img-scan") for number in range(30, 40)]
    lines = part(*right, *wrong).splitlines()
    assert (
        "| pdf-digital | 30 | 180 (100.0%) | 0 | 0 |  | 0.013 | 30 (100%), 30 right | 30 (100%), 30 right |"
        in lines
    )
    [of_all] = [line for line in lines if line.startswith("| all |")]
    assert "| all | 40 | 230 (95.8%) | 10 | 0 | 1.000 |" in of_all
    assert of_all.endswith("| 30 (75%), 30 right | 30 (75%), 30 right |")


def test_nothing_passes_by_a_confidence_at_which_others_are_wrong() -> None:
    right = [judged(number, "Acme Ltd", 0.97) for number in range(20)]
    wrong = [judged(number, "Bolt SA", 0.98) for number in range(20, 40)]
    [of_all] = [line for line in part(*right, *wrong).splitlines() if line.startswith("| all |")]
    assert of_all.endswith("| 20 (50%), 20 right | 0 (0%), 0 right |")


def test_what_was_read_for_the_worst_field_is_told_by_what_it_is() -> None:
    sellers = ("Acme Ltd", "Bolt SA", "Acme", "Acme Ltd, Ulm", "Corp", "")
    lines = part(*(judged(n, seller, 0.9) for n, seller in enumerate(sellers))).splitlines()
    assert "What was read for `seller_name`, the worst of them:" in lines
    for read in (
        "what is expected",
        "the value of `buyer_name`",
        "a part of it",
        "it, and more",
        "something else",
    ):
        assert f"| {read} | 1 | 0.900 |" in lines
    assert "| nothing | 1 |  |" in lines


def test_other_parts_of_the_page_stay(tmp_path: Path) -> None:
    page = tmp_path / "quality.md"
    write_page(page, "# Quality\n\nTemplates.", "## Texts that a model chooses\n\nNone.")
    write_reading_part(page, part(judged(0, "Acme Ltd", 0.9)))
    of_reading = page.read_text().partition("## Values read")[2]
    write_page(page, "# Quality\n\nAgain.", model_part(page))
    assert template_part(page).strip() == "# Quality\n\nAgain."
    assert model_part(page).strip() == "## Texts that a model chooses\n\nNone."
    assert of_reading and page.read_text().endswith(of_reading)


def test_document_against_which_a_check_speaks_passes_by_no_confidence() -> None:
    right = [judged(number, "Acme Ltd", 0.97) for number in range(20)]
    held = [replace(each, may_pass=False) for each in right[:5]]
    [of_all] = [line for line in part(*held, *right[5:]).splitlines() if line.startswith("| all |")]
    assert of_all.endswith("| 20 (100%), 20 right | 15 (75%), 15 right |")
