"""Whatever happens at a model's endpoint, the caller has a summary within the deadline, and the reason."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from openai_endpoint import OpenAiEndpoint, Reply, Status, Stream, openai_endpoint

from invoice_summarizer.adapters.openai_http.language_model import OpenAiLanguageModel
from invoice_summarizer.adapters.token_budget.language_model import TokenBudgetLanguageModel
from invoice_summarizer.ports.language_model import LanguageModel, ModelIdentity
from invoices.v1 import summarize_service_pb2, summary_pb2
from rpc_fixture import OWNER, Api, running_api
from small_invoice import ubl_invoice

Request = summarize_service_pb2.SummarizeInvoiceRequest
Summary = summary_pb2.Summary
GOOD = Stream(['{"segments": ["s2", ', '"s1"]}'])
IDENTITY = ModelIdentity(engine="vllm 1", model="small")


@asynccontextmanager
async def modelled(
    reply: Callable[[int], Reply], around: Callable[[LanguageModel], LanguageModel] = lambda m: m
) -> AsyncIterator[tuple[Api, OpenAiEndpoint]]:
    async with openai_endpoint(reply) as endpoint:
        model = OpenAiLanguageModel(
            IDENTITY, base_url=endpoint.base_url, api_key="secret", rest_seconds=0.3
        )
        try:
            async with running_api(model=around(model)) as api:
                yield api, endpoint
        finally:
            await model.aclose()


async def summarized(api: Api, name: str, deadline_seconds: float = 20.0) -> Summary:
    return await api.summarize.SummarizeInvoice(
        Request(name=name), metadata=OWNER, timeout=deadline_seconds
    )


async def template_text() -> str:
    async with running_api() as api:
        name = (await api.read(ubl_invoice())).name
        return (await summarized(api, name)).text


def misses(api: Api, reason: str) -> float | None:
    return api.metrics.registry.get_sample_value("invoice_model_misses_total", {"reason": reason})


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        pytest.param(Status(503), "OVERLOADED", id="no room, or slow to start"),
        pytest.param(Status(500), "UNREACHABLE", id="engine dead behind its endpoint"),
        pytest.param(Status(400), "REFUSED", id="prompt beyond the cache of the engine"),
        pytest.param(Status(401), "REFUSED", id="wrong token"),
        pytest.param(Status(404), "WRONG_MODEL", id="another model loaded"),
        pytest.param(
            Stream(GOOD.pieces, finish_reason=None), "UNREACHABLE", id="killed at the end"
        ),
        pytest.param(
            Stream(GOOD.pieces[:1], finish_reason=None), "UNREACHABLE", id="killed in mid-answer"
        ),
    ],
)
async def test_failure_leaves_the_templates_text(reply: Reply, reason: str) -> None:
    async with modelled(lambda _: reply) as (api, _):
        name = (await api.read(ubl_invoice())).name
        summary = await summarized(api, name)
        assert summary.origin == Summary.TEMPLATE_AFTER_FAILURE
        assert [*summary.refusal_reasons] == [reason]
        assert summary.text == await template_text()
        assert misses(api, reason) == 1


@pytest.mark.parametrize(
    ("answer", "finish_reason", "reason"),
    [
        pytest.param('{"segments": ["s1"', "length", "ANSWER_CUT", id="cut at its limit"),
        pytest.param('{"segments": ["s1"]}', "length", "ANSWER_CUT", id="whole, but cut after"),
        pytest.param('{"segments": ["s1", ]}', "stop", "ANSWER_NOT_JSON", id="invalid JSON"),
        pytest.param(
            '{"segments": ["s1\x00\x1b"]}', "stop", "ANSWER_NOT_JSON", id="raw control characters"
        ),
        pytest.param('{"segments": ["s\ud83d"]}', "stop", "ANSWER_NOT_JSON", id="half a character"),
        pytest.param('{"segments": []}', "stop", "ANSWER_EMPTY", id="empty list"),
        pytest.param("", "stop", "ANSWER_NOT_JSON", id="nothing"),
        pytest.param(
            json.dumps({"segments": ["s1"] * 20_000}), "stop", "ANSWER_TOO_LONG", id="100 kB"
        ),
        pytest.param("x" * 100_000, "stop", "ANSWER_TOO_LONG", id="100 kB of anything"),
    ],
)
async def test_answer_that_is_none_leaves_the_templates_text(
    answer: str, finish_reason: str, reason: str
) -> None:
    async with modelled(lambda _: Stream([answer], finish_reason)) as (api, _):
        name = (await api.read(ubl_invoice())).name
        summary = await summarized(api, name)
        assert summary.origin == Summary.TEMPLATE_AFTER_REFUSAL
        assert [*summary.refusal_reasons] == [reason]
        assert summary.text == await template_text()
        assert misses(api, reason) == 1


@pytest.mark.parametrize("pieces", [(), GOOD.pieces[:1]], ids=["at the start", "in mid-answer"])
async def test_engine_that_hangs_leaves_a_summary_within_the_deadline(pieces: list[str]) -> None:
    async with modelled(lambda _: Stream(pieces, hangs=True)) as (api, _):
        name = (await api.read(ubl_invoice())).name
        asked = time.monotonic()
        summary = await summarized(api, name, deadline_seconds=3.0)
        assert time.monotonic() - asked < 3.0
        assert [*summary.refusal_reasons] == ["DEADLINE_TOO_SHORT"]


async def test_engine_that_is_not_up_yet_writes_once_it_is() -> None:
    """What was a template's meanwhile is written anew, and nothing is left resting."""
    up = asyncio.Event()
    async with modelled(lambda _: GOOD if up.is_set() else Status(503)) as (api, endpoint):
        name = (await api.read(ubl_invoice())).name
        for _ in range(6):  # so often that the endpoint is left alone
            early = await summarized(api, name)
            assert early.origin == Summary.TEMPLATE_AFTER_FAILURE
        assert (misses(api, "OVERLOADED"), misses(api, "RESTING")) == (5, 1)
        up.set()
        await asyncio.sleep(0.4)
        late = await summarized(api, name)
        assert late.origin == Summary.MODEL
        assert late.text != early.text


async def test_nothing_listens() -> None:
    async with openai_endpoint(lambda _: GOOD) as endpoint:
        url = endpoint.base_url
    model = OpenAiLanguageModel(IDENTITY, base_url=url, api_key="")
    async with running_api(model=model) as api:
        name = (await api.read(ubl_invoice())).name
        summary = await summarized(api, name)
        assert [*summary.refusal_reasons] == ["UNREACHABLE"]
        assert summary.text == await template_text()
    await model.aclose()


async def test_stream_that_breaks_ends_with_the_templates_text() -> None:
    broken = Stream(['{"segments": ["s2", "s1"'], finish_reason=None)
    async with modelled(lambda _: broken) as (api, _):
        name = (await api.read(ubl_invoice())).name
        request = summarize_service_pb2.StreamSummaryRequest(name=name)
        events = [event async for event in api.summarize.StreamSummary(request, metadata=OWNER)]
        assert events[0].segment.text  # of the sentence that had come by then
        assert events[-1].summary.origin == Summary.TEMPLATE_AFTER_FAILURE
        assert events[-1].summary.text == await template_text()


async def test_tenant_whose_tokens_are_spent_has_the_templates_text() -> None:
    def budgeted(model: LanguageModel) -> LanguageModel:
        return TokenBudgetLanguageModel(model, tokens=10, window_seconds=3600.0)

    async with modelled(lambda _: GOOD, budgeted) as (api, endpoint):
        name = (await api.read(ubl_invoice())).name
        summary = await summarized(api, name)
        assert summary.origin == Summary.TEMPLATE_AFTER_FAILURE
        assert [*summary.refusal_reasons] == ["BUDGET_SPENT"]
        assert endpoint.requests == []
        assert misses(api, "BUDGET_SPENT") == 1


async def test_first_segment_is_timed_by_the_origin_of_the_summary() -> None:
    async with modelled(lambda _: GOOD) as (api, _):
        name = (await api.read(ubl_invoice())).name
        request = summarize_service_pb2.StreamSummaryRequest(name=name)
        for _ in range(2):  # the second is stored already
            async for _ in api.summarize.StreamSummary(request, metadata=OWNER):
                pass
        timed = "invoice_summary_first_segment_seconds_count"
        assert api.metrics.registry.get_sample_value(timed, {"origin": "MODEL"}) == 1
