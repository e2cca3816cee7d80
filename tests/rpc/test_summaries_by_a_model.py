"""SummarizeService with a model: sentences are streamed as they stand, and a bad answer never reaches a reader."""

import json
from collections.abc import AsyncIterator

import grpc
import pytest

from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoices.v1 import query_service_pb2, summarize_service_pb2, summary_pb2
from refusal import refusal_of
from rpc_fixture import OWNER, Api, bearer, running_api
from small_invoice import ubl_invoice

Style = summary_pb2.Summary.Style
Request = summarize_service_pb2.SummarizeInvoiceRequest


class Answers:
    """What the model answers next: all that is offered, backwards, where nothing else is set."""

    def __init__(self) -> None:
        self.text: str | None = None

    def __call__(self, request: ModelRequest) -> list[str]:
        asked = json.loads(request.user)
        keys = [*reversed({**asked["required"], **asked["optional"]})]
        return [*(self.text or json.dumps({"segments": keys}))]


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
async def modelled(answers: Answers) -> AsyncIterator[Api]:
    async with running_api(model=MemoryLanguageModel(answers)) as api:
        yield api


async def streamed(api: Api, asked: Request) -> list[summarize_service_pb2.StreamSummaryResponse]:
    request = summarize_service_pb2.StreamSummaryRequest(
        name=asked.name, style=asked.style, instruction=asked.instruction
    )
    return [event async for event in api.summarize.StreamSummary(request, metadata=OWNER)]


async def test_segments_make_the_text_with_its_claims(modelled: Api) -> None:
    name = (await modelled.read(ubl_invoice())).name
    request = Request(name=name, style=Style.APPROVER)
    *segments, end = await streamed(modelled, request)
    summary = end.summary
    assert summary.origin == summary.MODEL
    assert len(segments) > 2
    assert "".join(event.segment.text for event in segments) == summary.text
    assert [claim for event in segments for claim in event.segment.claims] == [*summary.claims]
    assert not summary.stored_before
    summary.stored_before = True
    assert await modelled.summarize.SummarizeInvoice(request, metadata=OWNER) == summary
    again = await streamed(modelled, request)
    assert [event.segment.text for event in again[:-1]] == [summary.text]
    assert again[-1].summary == summary


async def test_refused_answer_is_shown_to_reviewers_alone(modelled: Api, answers: Answers) -> None:
    answers.text = "It has been paid already."
    name = (await modelled.read(ubl_invoice())).name
    summary = await modelled.summarize.SummarizeInvoice(Request(name=name), metadata=OWNER)
    assert summary.origin == summary.TEMPLATE_AFTER_REFUSAL
    assert [*summary.refusal_reasons] == ["ANSWER_NOT_JSON"]
    assert "paid already" not in summary.text
    ask = query_service_pb2.GetSummaryRequest(name=summary.name)
    of_list = query_service_pb2.ListSummariesRequest(parent=name)
    for role, shown in (("viewer", ""), ("reviewer", answers.text)):
        seen = await modelled.query.GetSummary(ask, metadata=bearer(role))
        [listed] = (await modelled.query.ListSummaries(of_list, metadata=bearer(role))).summaries
        assert (seen.refused_answer, listed.refused_answer) == (shown, shown)
    assert modelled.metrics.model_misses.labels("ANSWER_NOT_JSON")._value.get() == 1


async def test_instruction_is_kept_and_bounded(modelled: Api) -> None:
    name = (await modelled.read(ubl_invoice())).name
    request = Request(name=name, style=Style.FULL, instruction="  only\nthe  lines ")
    summary = await modelled.summarize.SummarizeInvoice(request, metadata=OWNER)
    assert summary.instruction == "only the lines"
    request.instruction = "x" * 501
    refusal = await refusal_of(modelled.summarize.SummarizeInvoice(request, metadata=OWNER))
    assert (refusal.code, refusal.fields) == (grpc.StatusCode.INVALID_ARGUMENT, ("instruction",))


async def test_summary_says_what_became_of_the_instruction(modelled: Api, answers: Answers) -> None:
    name = (await modelled.read(ubl_invoice())).name
    request = Request(name=name, style=Style.FULL)
    plain = await modelled.summarize.SummarizeInvoice(request, metadata=OWNER)
    assert plain.instruction_outcome == plain.INSTRUCTION_OUTCOME_UNSPECIFIED
    request.instruction = "the lines first"
    chosen = await modelled.summarize.SummarizeInvoice(request, metadata=OWNER)
    assert (chosen.origin, chosen.instruction_outcome) == (chosen.MODEL, chosen.LEFT_TO_MODEL)
    request.instruction = "only the lines"
    answers.text = '{"segments": ["s1"]}'  # which every summary says
    minimal = await modelled.summarize.SummarizeInvoice(request, metadata=OWNER)
    assert (minimal.origin, minimal.instruction_outcome) == (minimal.MODEL, minimal.NO_EFFECT_SEEN)
    request.instruction = "in rhymes"
    answers.text = "no rhymes"
    refused = await modelled.summarize.SummarizeInvoice(request, metadata=OWNER)
    assert refused.origin == refused.TEMPLATE_AFTER_REFUSAL
    assert refused.instruction_outcome == refused.NOT_FOLLOWED
    for summary in (plain, chosen, minimal, refused):
        ask = query_service_pb2.GetSummaryRequest(name=summary.name)
        seen = await modelled.query.GetSummary(ask, metadata=OWNER)
        assert seen.instruction_outcome == summary.instruction_outcome


async def test_instruction_needs_a_model(api: Api) -> None:
    name = (await api.read(ubl_invoice())).name
    request = Request(name=name, instruction="only the lines")
    refusal = await refusal_of(api.summarize.SummarizeInvoice(request, metadata=OWNER))
    assert refusal.code == grpc.StatusCode.INVALID_ARGUMENT
    assert (refusal.reason, refusal.fields) == ("INSTRUCTION_NEEDS_MODEL", ("instruction",))


async def test_stream_of_an_invoice_that_is_not_there_ends_with_its_reason(api: Api) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await streamed(api, Request(name="tenants/acme/invoices/nothing"))
    assert caught.value.code() == grpc.StatusCode.NOT_FOUND
