"""A summary says in one line that no model wrote it although it was to, and what became of an instruction."""

import pytest
from rich.console import Console

from invoice_summarizer.cli.presentation.summaries import asked_summary, written_summary
from invoice_summarizer.cli.presentation.summary import EvidenceDetail
from invoice_summarizer.cli.presentation.writing_note import writing_note
from invoice_summarizer.ports.language_model import ModelFailure
from invoices.v1 import invoice_pb2, summary_pb2

Summary = summary_pb2.Summary


@pytest.mark.parametrize(
    ("origin", "outcome", "reasons", "said"),
    [
        ("TEMPLATE", "INSTRUCTION_OUTCOME_UNSPECIFIED", [], ""),
        ("MODEL", "INSTRUCTION_OUTCOME_UNSPECIFIED", [], ""),
        (
            "TEMPLATE_AFTER_FAILURE",
            "INSTRUCTION_OUTCOME_UNSPECIFIED",
            ["TOO_SLOW"],
            "the templates wrote: the model gave no answer in time",
        ),
        (
            "TEMPLATE_AFTER_FAILURE",
            "NOT_FOLLOWED",
            ["UNREACHABLE"],
            "instruction not followed: no model answers, so the templates wrote as if there had been none",
        ),
        (
            "TEMPLATE_AFTER_REFUSAL",
            "NOT_FOLLOWED",
            ["ANSWER_NOT_JSON"],
            "instruction not followed: the model's answer was not what it was asked for, so the templates wrote as if there had been none",
        ),
        (
            "MODEL",
            "NO_EFFECT_SEEN",
            [],
            "instruction: the model was told it, but nothing in its choice shows that it went by it",
        ),
        (
            "MODEL",
            "LEFT_TO_MODEL",
            [],
            "instruction: the model chose with it in mind; nothing tells whether this is what you asked for",
        ),
    ],
)
def test_line_says_who_wrote_and_what_became_of_the_instruction(
    origin: str, outcome: str, reasons: list[str], said: str
) -> None:
    summary = Summary(
        text="It is paid.",
        origin=Summary.Origin.Value(origin),
        instruction_outcome=Summary.InstructionOutcome.Value(outcome),
        refusal_reasons=reasons,
    )
    assert writing_note(summary) == said
    for view in (
        asked_summary(summary, invoice_pb2.Invoice.READY, EvidenceDetail.NONE),
        written_summary(summary, EvidenceDetail.NONE),
    ):
        console = Console(width=400)
        with console.capture() as shown:
            console.print(view)
        _, *noted, text = map(str.rstrip, shown.get().splitlines())
        assert ("".join(noted), text) == (said, "It is paid.")


@pytest.mark.parametrize("failure", ModelFailure)
def test_no_failure_is_told_by_its_code(failure: ModelFailure) -> None:
    summary = Summary(origin=Summary.TEMPLATE_AFTER_FAILURE, refusal_reasons=[failure.value])
    assert failure.value not in writing_note(summary)
