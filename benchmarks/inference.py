"""Answers and streams of the model behind Ray Serve, against the bare vLLM engine with the same arguments.

    PYTHONPATH=src/python:benchmarks:tests PYTHON benchmarks/inference.py [--concurrent 1 16 64] [--rounds 3]

PYTHON is that of the environment of scripts/install-inference. Both engines run all the time, one of them idle.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import httpx  # pants: no-infer-dep
from vllm import SamplingParams  # pants: no-infer-dep
from vllm.engine.arg_utils import AsyncEngineArgs  # pants: no-infer-dep
from vllm.sampling_params import RequestOutputKind, StructuredOutputsParams  # pants: no-infer-dep
from vllm.usage.usage_lib import UsageContext  # pants: no-infer-dep
from vllm.v1.engine.async_llm import AsyncLLM  # pants: no-infer-dep
from vllm.v1.executor.abstract import Executor  # pants: no-infer-dep

from invoice_inference.llm_config import engine_arguments, engine_environment
from invoice_inference.local_cluster import LocalCluster
from invoice_inference.place import MODEL_NAME, InferencePlace, default_place
from invoice_inference.settings import cpu_settings
from measurement import Row, interleaved, ratios, report, row
from slot_answers import MESSAGES, RESPONSE_FORMAT, SCHEMA

# Longer answers are cut: what is compared is tokens a second.
_MAX_TOKENS = 48
_LEAST_ANSWERS = 4

# Asks for the summary of the invoice with this number, and returns how many tokens it has.
Ask = Callable[[int], Awaitable[int]]


class BareEngine:
    """vLLM's own engine, asked without any server."""

    def __init__(self, place: InferencePlace) -> None:
        settings = cpu_settings(place.model, name=MODEL_NAME)
        os.environ.update(engine_environment(settings))
        arguments = AsyncEngineArgs(model=str(place.model), **engine_arguments(settings))
        config = arguments.create_engine_config(usage_context=UsageContext.API_SERVER)
        # As the served engine (cpu_server.py): the model in the engine's own process.
        config.parallel_config.distributed_executor_backend = "uni"
        self._engine = AsyncLLM(
            vllm_config=config, executor_class=Executor.get_class(config), log_stats=False
        )
        self._asked = 0

    async def ask(self, number: int) -> int:
        return await self._tokens(number, RequestOutputKind.FINAL_ONLY)

    async def stream(self, number: int) -> int:
        return await self._tokens(number, RequestOutputKind.DELTA)

    async def _tokens(self, number: int, output_kind: RequestOutputKind) -> int:
        prompt = self._engine.get_tokenizer().apply_chat_template(
            _messages(number), tokenize=False, add_generation_prompt=True
        )
        sampling = SamplingParams(
            temperature=0,
            max_tokens=_MAX_TOKENS,
            output_kind=output_kind,
            structured_outputs=StructuredOutputsParams(json=json.dumps(SCHEMA)),
        )
        self._asked += 1
        outputs = self._engine.generate(prompt, sampling, str(self._asked))
        return sum([len(output.outputs[0].token_ids) async for output in outputs])

    def stop(self) -> None:
        self._engine.shutdown()


async def ask_served(client: httpx.AsyncClient, number: int) -> int:
    answer = await client.post("chat/completions", json=_request(number))
    answer.raise_for_status()
    tokens: int = answer.json()["usage"]["completion_tokens"]
    return tokens


async def stream_served(client: httpx.AsyncClient, number: int) -> int:
    asked = {**_request(number), "stream": True, "stream_options": {"include_usage": True}}
    usage = None
    async with client.stream("POST", "chat/completions", json=asked) as answer:
        answer.raise_for_status()
        async for line in answer.aiter_lines():
            if line.startswith("data: {"):
                usage = json.loads(line.removeprefix("data: ")).get("usage") or usage
    assert usage is not None
    return int(usage["completion_tokens"])


def _request(number: int) -> dict[str, Any]:
    return {
        "model": MODEL_NAME,
        "messages": _messages(number),
        "max_tokens": _MAX_TOKENS,
        "temperature": 0,
        "response_format": RESPONSE_FORMAT,
    }


async def _measure(concurrent: list[int], rounds: int) -> None:
    place = default_place()
    with tempfile.TemporaryDirectory() as folder:
        cluster = LocalCluster(place, log=Path(folder) / "inference.log")
        started = time.monotonic()
        await cluster.start(print)
        rows = [row("from nothing to ready", "s", [time.monotonic() - started])]
        engine = BareEngine(place)
        headers = {"Authorization": f"Bearer {cluster.token}"}
        limits = httpx.Limits(max_connections=max(concurrent))
        try:
            async with httpx.AsyncClient(
                base_url=cluster.base_url, headers=headers, timeout=600, limits=limits
            ) as client:
                for number in concurrent:
                    answers = engine.ask, partial(ask_served, client)
                    rows += await _compare("answers", number, rounds, *answers, goal=0.85)
                    report("inference", rows)  # what is there where somebody breaks it off
                for number in concurrent:
                    streams = engine.stream, partial(stream_served, client)
                    rows += await _compare("streams", number, rounds, *streams, goal=0.8)
                    report("inference", rows)
        finally:
            engine.stop()
            await cluster.stop()


async def _compare(
    what: str, concurrent: int, rounds: int, bare: Ask, served: Ask, *, goal: float
) -> list[Row]:
    answers = max(concurrent, _LEAST_ANSWERS)
    tokens: dict[Ask, list[int]] = {bare: [], served: []}

    async def all_answers(ask: Ask) -> None:
        free = asyncio.Semaphore(concurrent)

        async def one(number: int) -> int:
            async with free:
                return await ask(number)

        tokens[ask].append(sum(await asyncio.gather(*(one(each) for each in range(answers)))))

    seconds = await interleaved(
        {"served": partial(all_answers, served), "bare": partial(all_answers, bare)}, rounds
    )
    # The first round only warms up.
    speeds = {
        name: [
            count / duration for count, duration in zip(tokens[ask][1:], seconds[name], strict=True)
        ]
        for name, ask in (("served", served), ("bare", bare))
    }
    at_once = f"{concurrent} {what} at once"
    return [
        row(f"served, {at_once}", "tokens/s", speeds["served"]),
        row(f"bare engine, {at_once}", "tokens/s", speeds["bare"]),
        row(
            f"tokens of served to bare, {at_once}",
            "ratio",
            ratios(speeds["served"], speeds["bare"]),
            f"at least {goal}",
        ),
    ]


def _messages(number: int) -> Any:
    system, user = MESSAGES
    return [system, {**user, "content": f"{user['content']} It is document {number}."}]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--concurrent", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    asyncio.run(_measure(chosen.concurrent, chosen.rounds))


if __name__ == "__main__":
    main()
