"""Answers by the thousand that no model should give: none breaks what binds them, and each that is refused has its reason.

`benchmarks:random_answers` has a model of random weights write them under the schema.
"""

import json
from collections import Counter
from collections.abc import Callable
from random import Random

from golden_summaries.golden_text import readings
from kept_work import KeptWork

from invoice_summarizer.adapters.memory.language_model import MemoryLanguageModel
from invoice_summarizer.adapters.memory.reading_in_memory import ReadingInMemory
from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.model_answer import AnswerDefect
from invoice_summarizer.domain.summarizing.model_request import ModelRequest
from invoice_summarizer.domain.summary import Origin, Style
from invoice_summarizer.ports.language_model import AnswerEnd
from invoice_summarizer.use_cases.write_summary import (
    SummaryWriter,
    Wanted,
    Written,
)

ANSWERS_OF_EACH = 500
WANTED = Wanted(language_code="en", style=Style.APPROVER)
READING = ReadingInMemory(readings()["fenwick-two-pages.pdf"])
_SIGNS = '{}[]":, \n\t\\/us1234567890abcdefx\x00\x1f\ud800é\u202e😀'
_LEAVES: tuple[object, ...] = (None, True, 0, -1.5, 1e308, 10**400, "", "s1", "vat", "\x00", "s1 ")

AnswerText = Callable[[ModelRequest, Random], str]


def a_row(request: ModelRequest, random: Random) -> str:
    keys = json.loads(request.schema)["properties"]["segments"]["items"]["enum"]
    return json.dumps({"segments": random.choices(keys, k=random.randint(0, 2 * len(keys)))})


def a_near_miss(request: ModelRequest, random: Random) -> str:
    signs = [*a_row(request, random)]
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(signs))
        end = place + random.randint(0, 4)
        match random.randrange(4):
            case 0:
                del signs[place:end]
            case 1:
                signs.insert(place, random.choice(_SIGNS))
            case 2:
                signs[place:place] = signs[place:end]
            case 3:
                signs[place] = random.choice(_SIGNS)
        signs = signs or ["{"]
    return "".join(signs)


def another_shape(request: ModelRequest, random: Random) -> str:
    value = _value(random, 4)
    shapes: tuple[object, ...] = (
        value,
        {"segments": value},
        {"segments": [value, "s1"]},
        {"segments": ["s1"], "more": value},
        {"Segments": ["s1"]},
        [{"segments": ["s1"]}],
    )
    return json.dumps(random.choice(shapes), ensure_ascii=random.random() < 0.5)


def signs(_: ModelRequest, random: Random) -> str:
    return "".join(random.choices(_SIGNS, k=random.randint(0, 200)))


def octets(_: ModelRequest, random: Random) -> str:
    encoding = random.choice(("latin-1", "utf-8", "utf-16"))
    return random.randbytes(random.randint(0, 400)).decode(encoding, "replace")


def deep(_: ModelRequest, random: Random) -> str:
    opening = random.choice(("[", '{"segments":', '{"segments":[', '[{"a":'))
    return opening * random.randint(1, 3_000)


def huge(request: ModelRequest, random: Random) -> str:
    filler = random.choice(("x", "s1", '","', "\\u0000", " ", "9"))
    begin = random.choice(("", '{"segments": ["', '{"segments": [', a_row(request, random)))
    return begin + filler * random.randint(3_000, 9_000)


def cut(request: ModelRequest, random: Random) -> str:
    row = a_row(request, random)
    return row[: random.randint(0, len(row))]


KINDS: tuple[AnswerText, ...] = (
    a_row,
    a_near_miss,
    another_shape,
    signs,
    octets,
    deep,
    huge,
    cut,
)


def _value(random: Random, depth: int) -> object:
    which = random.randrange(4) if depth else 3
    if which == 0:
        return [_value(random, depth - 1) for _ in range(random.randrange(4))]
    if which == 1:
        return {random.choice(("segments", "a", "")): _value(random, depth - 1)}
    return random.choice(_LEAVES)


def in_pieces(text: str, random: Random) -> list[str]:
    longest = random.choice((1, 7, 400, 20_000)) if len(text) < 2_000 else 20_000
    return [text[place : place + longest] for place in range(0, len(text), longest)]


async def test_no_answer_breaks_anything_and_each_that_is_refused_has_its_reason() -> None:
    came = Counter[tuple[str, str]]()
    work = KeptWork()
    for kind in KINDS:
        random = Random(kind.__name__)
        for _ in range(ANSWERS_OF_EACH):
            written = await _written(work, kind, random)
            assert (written.origin is Origin.MODEL) == (not written.refusal_reasons)
            came.update((kind.__name__, reason) for reason in written.refusal_reasons or ("taken",))
    assert came["a_row", "taken"] > 0.9 * ANSWERS_OF_EACH
    assert came["signs", "taken"] == came["octets", "taken"] == came["deep", "taken"] == 0
    assert {reason for _, reason in came} == {*AnswerDefect, "taken"}


async def _written(work: KeptWork, kind: AnswerText, random: Random) -> Written:
    def answer(request: ModelRequest) -> list[str | AnswerEnd]:
        text = kind(request, random)
        return [*in_pieces(text, random), AnswerEnd(kind is cut, None)]

    writer = SummaryWriter(work, MemoryLanguageModel(answer), build="1", answer_seconds=5.0)
    pieces = [
        piece
        async for piece in writer.write(
            "acme", READING, InvoiceStatus.READY, WANTED, seconds_left=5.0
        )
    ]
    end = pieces[-1]
    assert isinstance(end, Written)
    return end
