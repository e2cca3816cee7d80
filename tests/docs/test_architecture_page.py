"""The page on the architecture has the states, the tables and the kill points of the code."""

import re
from pathlib import Path

from invoice_summarizer.adapters.postgres.tables import metadata
from invoice_summarizer.domain.invoice import TRANSITIONS, InvoiceStatus
from invoice_summarizer.use_cases.process_batch import BatchStep
from invoice_summarizer.use_cases.process_operation import Step
from markdown_page import MarkdownPage, code, page, pages

ARCHITECTURE = page("docs/architecture/SYSTEM_ARCHITECTURE.md")


def test_diagram_of_states_has_the_transitions_that_happen() -> None:
    diagram = next(one for one in ARCHITECTURE.fenced("mermaid") if "stateDiagram" in one)
    drawn = set(re.findall(r"^ *(\w+) --> (\w+)", diagram, re.MULTILINE))
    allowed = {(one.value, other.value) for one, others in TRANSITIONS.items() for other in others}
    assert drawn <= allowed
    archiving = {(status.value, "archived") for status in InvoiceStatus} & allowed
    assert allowed - drawn == archiving


def test_tables_are_those_of_the_database() -> None:
    rows = ARCHITECTURE.table("Storage", "table")
    assert {code(row["table"]) for row in rows} == set(metadata.tables)


def test_kill_points_are_those_of_the_worker() -> None:
    rows = ARCHITECTURE.table("What a failure leaves", "killed at")
    assert [code(row["killed at"]) for row in rows] == [step.value for step in Step]


def test_kill_points_of_batches_are_those_of_the_worker() -> None:
    rows = ARCHITECTURE.table("What a failure leaves", "batch killed at")
    assert [code(row["batch killed at"]) for row in rows] == [step.value for step in BatchStep]


def test_every_record_of_a_decision_is_listed() -> None:
    index = page("docs/decisions/README.md")
    records = {
        link
        for row in index.rows("Decisions")
        for link in re.findall(r"\(([^)]+)\)", row["number"])
    }
    listed = {path.path for path in _records()}
    assert {f"docs/decisions/{record}" for record in records} == listed


def test_every_record_has_context_decision_and_consequences() -> None:
    for record in _records():
        headings = re.findall(r"^## (.+)$", record.text, re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], record.path


def _records() -> list[MarkdownPage]:
    return [one for one in pages() if re.match(r"\d{4}-", Path(one.path).name)]
