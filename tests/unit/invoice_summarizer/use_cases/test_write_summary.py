"""A model chooses, the gate decides, and whatever goes wrong with a model, there is a summary."""

import json
from contextlib import aclosing
from dataclasses import replace

import pytest
from golden_summaries.golden_text import readings
from summarizing import summarize_invoice, summarized

from invoice_summarizer.adapters.memory.language_model import Answer, MemoryLanguageModel
from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.domain.summary import BoundText, Origin, Style, Summary
from invoice_summarizer.ports.language_model import AnswerEnd, LanguageModel, ModelFailure
from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.use_cases.summarize_invoice import Summarized
from invoice_summarizer.use_cases.write_summary import (
    InstructionNeedsModel,
    SummaryWriter,
    Wanted,
    Written,
)
from storage_samples import add_invoice, read_invoice

EDITOR = Principal(subject="ed", tenant="acme", roles=frozenset({Role.EDITOR}))
INVOICE = replace(read_invoice(1), reading=readings()["fenwick-two-pages.pdf"])


async def stored() -> MemoryStore:
    store = MemoryStore()
    async with MemoryTransactions(store).begin("acme") as transaction:
        await add_invoice(transaction, INVOICE)
    return store


async def written(
    model: LanguageModel | None, style: Style = Style.APPROVER, instruction: str = ""
) -> tuple[Summary, Written]:
    summarize = summarize_invoice(await stored(), model=model)
    found = await summarized(summarize, EDITOR, INVOICE.id, style=style, instruction=instruction)
    assert found.written is not None
    return found.summary, found.written


def offered(request: ModelRequest) -> dict[str, str]:
    asked = json.loads(request.user)
    return {**asked["required"], **asked["optional"]}


def answering(keys: list[str]) -> Answer:
    return lambda request: [json.dumps({"segments": keys})]


def everything_backwards(request: ModelRequest) -> list[str]:
    return [json.dumps({"segments": [*reversed(offered(request))]})]


async def test_model_orders_the_sentences() -> None:
    model = MemoryLanguageModel(everything_backwards)
    summary, how = await written(model)
    template, _ = await written(None)
    assert summary.origin is Origin.MODEL
    assert how.added_sentences == 0
    first, *_ = offered(model.requests[0]).values()
    assert template.text.startswith(first)
    assert first in summary.text and not summary.text.startswith(first)
    assert summary.provenance.engine == "memory"
    assert summary.provenance.prompt == "choose-1"
    assert len(summary.provenance.schema_sha256) == len(summary.provenance.prompt_sha256) == 64


async def test_required_sentences_that_a_model_leaves_out_are_added() -> None:
    model = MemoryLanguageModel(answering(["s3"]))
    summary, how = await written(model)
    asked = json.loads(model.requests[0].user)
    assert summary.origin is Origin.MODEL
    assert summary.text.startswith(asked["required"]["s3"])
    assert all(text in summary.text for text in asked["required"].values())
    assert how.added_sentences == len(asked["required"]) - 1


async def test_model_of_an_instruction_may_leave_out_what_nobody_asked_for() -> None:
    model = MemoryLanguageModel(answering(["s1"]))
    summary, _ = await written(model, instruction="only who it is from")
    asked = json.loads(model.requests[0].user)
    assert asked["request"] == "only who it is from"
    template, _ = await written(None)
    assert len(summary.text) < len(template.text) / 2
    assert "10,333.12 is to be paid" in summary.text
    assert summary.instruction == "only who it is from"


async def test_another_instruction_has_another_summary_and_the_same_one_has_not() -> None:
    summarize = summarize_invoice(await stored(), model=MemoryLanguageModel(everything_backwards))
    asked = ["", "lines", "lines", "payment"]
    found = [
        await summarized(summarize, EDITOR, INVOICE.id, style=Style.FULL, instruction=instruction)
        for instruction in asked
    ]
    assert [each.is_new for each in found] == [True, True, False, True]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda _: ["The invoice is paid."], "ANSWER_NOT_JSON"),
        (lambda _: ['{"segments": ["s1"', AnswerEnd(True, None)], "ANSWER_CUT"),
        (lambda _: ['{"segments": ["s1"]'], "ANSWER_NOT_JSON"),
        (lambda _: ['{"segments": ["s1"], "x": 1}'], "ANSWER_NOT_OF_SCHEMA"),
        (lambda _: ['{"segments": []}'], "ANSWER_EMPTY"),
        (lambda _: ['{"segments": ["vat"]}'], "ANSWER_EMPTY"),
        (lambda _: ['{"segments": ["s99"]}'], "KEY_UNKNOWN"),
        (lambda _: ['{"segments": ["s1", "EUR 5.00 is to be paid."]}'], "ANSWER_NOT_OF_SCHEMA"),
        (lambda _: ['{"segments": ["' + "x" * 100_000 + '"]}'], "ANSWER_TOO_LONG"),
        (lambda _: [], "ANSWER_NOT_JSON"),
    ],
)
async def test_answer_that_was_not_asked_for_is_refused_and_kept(
    answer: Answer, reason: str
) -> None:
    summary, _ = await written(MemoryLanguageModel(answer))
    template, _ = await written(None)
    assert (summary.origin, summary.refusal_reasons) == (Origin.TEMPLATE_AFTER_REFUSAL, (reason,))
    assert summary.text == template.text
    assert summary.provenance == template.provenance
    came = "".join(p for p in answer(None) if isinstance(p, str))  # type: ignore[arg-type]
    assert summary.refused_answer == came[: 16 * 1024]


@pytest.mark.parametrize("failure", ModelFailure)
@pytest.mark.parametrize("begins", [[], ['{"segments": ["s2", "s'], ['{"segments": ["s1"]}']])
async def test_templates_write_where_the_model_fails(
    failure: ModelFailure, begins: list[str]
) -> None:
    summary, _ = await written(MemoryLanguageModel(lambda _: [*begins, failure]))
    template, _ = await written(None)
    assert summary.origin is Origin.TEMPLATE_AFTER_FAILURE
    assert summary.refusal_reasons == (failure.value,)
    assert (summary.text, summary.refused_answer) == (template.text, "")


@pytest.mark.parametrize(
    ("answer_seconds", "seconds_left", "reason"),
    [(0.05, 5.0, "TOO_SLOW"), (5.0, 0.05, "DEADLINE_TOO_SHORT")],
)
async def test_time_that_is_over_is_told_as_the_callers_where_it_was(
    answer_seconds: float, seconds_left: float, reason: str
) -> None:
    model = MemoryLanguageModel(lambda _: [None])
    writer = SummaryWriter(in_a_thread, model, build="1", answer_seconds=answer_seconds)
    wanted = Wanted(language_code="en", style=Style.SHORT)
    assert INVOICE.reading is not None
    reading = ReadingInMemory(INVOICE.reading)
    how = await writer.written("acme", reading, INVOICE.status, wanted, seconds_left=seconds_left)
    assert how.refusal_reasons == (reason,)


async def test_model_is_asked_again_where_it_had_failed() -> None:
    failing = [True]

    def answer(request: ModelRequest) -> list[str | ModelFailure]:
        return [ModelFailure.OVERLOADED] if failing else [*everything_backwards(request)]

    summarize = summarize_invoice(await stored(), model=MemoryLanguageModel(answer))
    first = await summarized(summarize, EDITOR, INVOICE.id)
    again = await summarized(summarize, EDITOR, INVOICE.id)
    assert first.summary == again.summary
    assert first.summary.origin is Origin.TEMPLATE_AFTER_FAILURE
    failing.clear()
    assert (await summarized(summarize, EDITOR, INVOICE.id)).summary.origin is Origin.MODEL


async def test_instruction_without_a_model_is_refused() -> None:
    with pytest.raises(InstructionNeedsModel, match="none is configured: ask without it"):
        await written(None, instruction="short")
    with pytest.raises(InstructionNeedsModel, match="ask for another style, or without it"):
        await written(MemoryLanguageModel(everything_backwards), Style.ONE_LINE, "short")


async def test_one_line_is_the_templates() -> None:
    model = MemoryLanguageModel(everything_backwards)
    summary, _ = await written(model, Style.ONE_LINE)
    assert summary.origin is Origin.TEMPLATE
    assert model.requests == []


@pytest.mark.parametrize("style", [Style.SHORT, Style.APPROVER, Style.FULL])
async def test_stream_is_the_text_piece_by_piece(style: Style) -> None:
    summarize = summarize_invoice(
        await stored(),
        model=MemoryLanguageModel(
            lambda request: [*json.dumps({"segments": [*offered(request)]})]  # by characters
        ),
    )
    wanted = Wanted(language_code="de", style=style)
    pieces = [
        piece async for piece in summarize.stream(EDITOR, INVOICE.id, wanted, seconds_left=5.0)
    ]
    end = pieces.pop()
    assert isinstance(end, Summarized) and end.summary.origin is Origin.MODEL
    said = [piece for piece in pieces if isinstance(piece, BoundText)]
    assert len(said) == len(pieces) > 1
    assert "".join(piece.text for piece in said) == end.summary.text
    assert tuple(claim for piece in said for claim in piece.claims) == end.summary.claims


async def test_reader_who_goes_away_ends_the_answer_and_nothing_is_stored() -> None:
    ended = list[bool]()

    def answer(request: ModelRequest):  # type: ignore[no-untyped-def]
        try:
            yield '{"segments": ["s1", '
            yield '"s2"]}'
        finally:
            ended.append(True)

    store = await stored()
    summarize = summarize_invoice(store, model=MemoryLanguageModel(answer))
    wanted = Wanted(language_code="en", style=Style.FULL)
    async with aclosing(summarize.stream(EDITOR, INVOICE.id, wanted, seconds_left=5.0)) as pieces:
        await anext(pieces)
    assert ended == [True]
    assert not [*store.committed.summaries.items()]
