"""Has a model of random weights answer under our schema, and says what becomes of the answers.

It serves the model `random` of scripts/install-inference meanwhile, and asks at temperature 1: whatever the schema lets
through comes.
"""

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice, product

import openai
from kept_work import KeptWork

from invoice_inference.local_cluster import LocalCluster
from invoice_inference.place import default_place
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.adapters.openai_http.asked_completion import asked_completion
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.choice import choice_of
from invoice_summarizer.domain.summarizing.facts.plan import InvoicePlan
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summarizing.model_request import ModelRequest, model_request
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.ports.language_model import AnswerEnd
from invoice_summarizer.use_cases.write_summary import SummaryWriter, Wanted, Written
from measurement import OUTPUT
from summary_corruptions.readings import made_readings, sample_readings

_STATUS = InvoiceStatus.READY
_STYLES = (Style.SHORT, Style.APPROVER, Style.FULL)
_INSTRUCTIONS = ("", "only what is wrong")
_ANSWERS_A_REQUEST = 10
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    reading: Reading
    wanted: Wanted
    request: ModelRequest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000)
    answers: int = parser.parse_args().answers
    began = time.monotonic()
    came = asyncio.run(_came(answers))
    for what, count in came.most_common():
        print(f"{what:22}{count:6}  {count / came.total():6.1%}")
    print(f"{came.total()} answers in {time.monotonic() - began:.0f} s; none broke anything")
    sys.exit(0 if came.total() >= answers else 1)


async def _came(answers: int) -> Counter[str]:
    """Returns how many answers were taken, and how many refused for which reason."""
    came = Counter[str]()
    requests = islice(_requests(), -(-answers // _ANSWERS_A_REQUEST))
    async with _random_model() as (client, name):
        places = asyncio.Semaphore(_AT_ONCE)

        async def ask(asked: _Asked) -> None:
            async with places:
                texts = await _answers(client, name, asked.request)
            work = KeptWork()
            for answer in texts:
                written = await _written(asked, answer, work)
                came.update(written.refusal_reasons or ("taken",))

        async with asyncio.TaskGroup() as group:
            for asked in requests:
                group.create_task(ask(asked))
    return came


def _requests() -> Iterator[_Asked]:
    """Yields requests on the samples and the made invoices in every language, style and freedom, for ever."""
    readings = cycle(
        [reading for source in (sample_readings, made_readings) for _, reading in source()]
    )
    for language, style, instruction in cycle(
        product(sorted(SUPPORTED_LANGUAGES), _STYLES, _INSTRUCTIONS)
    ):
        reading = next(readings)
        wanted = Wanted(language_code=language, style=style, instruction=instruction)
        plan = InvoicePlan(reading, _STATUS)
        choice = choice_of(plan, style, language, wanted.freedom)
        yield _Asked(reading, wanted, model_request(choice, style, instruction))


@asynccontextmanager
async def _random_model() -> AsyncIterator[tuple[openai.AsyncOpenAI, str]]:
    place = default_place()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    log = OUTPUT / "random_answers.log"
    cluster = LocalCluster(place, log=log, model=place.random_model)
    manifest = await cluster.start(print)
    print(f"what the engine says: {log}")
    try:
        async with openai.AsyncOpenAI(
            base_url=cluster.base_url, api_key=cluster.token, timeout=600
        ) as client:
            yield client, manifest.name
    finally:
        await cluster.stop()


async def _answers(
    client: openai.AsyncOpenAI, name: str, request: ModelRequest
) -> Sequence[tuple[str, bool]]:
    """Returns answers to the request, and of each whether it was cut."""
    answer = await client.chat.completions.create(
        **asked_completion(name, request),
        # Without a seed: on a processor, vLLM 0.29 ends where a seeded prompt is taken in parts (docs/inference.md).
        temperature=1.0,
        n=_ANSWERS_A_REQUEST,
    )
    return [(each.message.content or "", each.finish_reason != "stop") for each in answer.choices]


async def _written(asked: _Asked, answer: tuple[str, bool], work: KeptWork) -> Written:
    text, is_cut = answer
    model = MemoryLanguageModel(lambda _: [text, AnswerEnd(is_cut, None)])
    writer = SummaryWriter(work, model, build="1", answer_seconds=5.0)
    pieces = [
        piece
        async for piece in writer.write(
            "benchmark", ReadingInMemory(asked.reading), _STATUS, asked.wanted, seconds_left=5.0
        )
    ]
    written = pieces[-1]
    assert isinstance(written, Written)
    return written


if __name__ == "__main__":
    main()
