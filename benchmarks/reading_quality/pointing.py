"""Answers to a pointing request that are known to be right, or wrong: what the stage `assist` is worth, and what it risks."""

import json
from collections.abc import Iterator, Mapping
from itertools import product

from reading_quality.labelled import Labelled, Outcome
from reading_quality.readings import PATHS

from en16931.field_path import Leaf
from invoice_reading.annotation import PageRegion
from invoice_reading.assist.pointed_words import MOST_WORDS_OF_A_FIELD
from invoice_reading.extract.dates import DayOrder
from invoice_reading.extract.numbers import DecimalMark
from invoice_reading.extract.reading_context import ReadingContext
from invoice_reading.extract.word_values import value_of_words
from invoice_reading.page import Box, Layer
from invoice_summarizer.domain.summarizing.model_request import ModelRequest

_NAMES = {path: name for name, path in PATHS.items()}
_CONTEXTS = tuple(
    ReadingContext(None, (), mark, order, False) for mark, order in product(DecimalMark, DayOrder)
)
_NOWHERE = Box(0, 0, 0, 0)


def right_answer(request: ModelRequest, document: Labelled) -> str:
    """Returns the answer of a model that points at the expected value of each field, where the words state it."""
    return _answer(request, document, Outcome.RIGHT)


def wrong_answer(request: ModelRequest, document: Labelled) -> str:
    """Returns the answer of a model that points at another value of its kind for each field: the first on the page."""
    return _answer(request, document, Outcome.WRONG)


def _answer(request: ModelRequest, document: Labelled, wanted: Outcome) -> str:
    asked = json.loads(request.user)
    words = dict(_numbered(asked["lines"]))
    return json.dumps({path: _pointed(path, words, document, wanted) for path in asked["fields"]})


def _numbered(lines: list[str]) -> Iterator[tuple[int, str]]:
    for word in (word for line in lines for word in line.split(" ")):
        number, _, text = word.partition(":")
        if number.isdecimal():
            yield int(number), text


def _pointed(path: str, words: Mapping[int, str], document: Labelled, wanted: Outcome) -> list[int]:
    """Returns the shortest run of words that states such a value, the first of those; none where the truth is not known."""
    name = _NAMES.get(path)
    if name not in document.expected:
        return []
    for length, first in product(range(1, MOST_WORDS_OF_A_FIELD + 1), words):
        run = [number for number in range(first, first + length) if number in words]
        if len(run) == length and any(
            document.outcome(name, str(value)) is wanted
            for value in _values(path, " ".join(words[number] for number in run))
        ):
            return run
    return []


def _values(path: str, text: str) -> Iterator[Leaf]:
    region = PageRegion(page=1, box=_NOWHERE, layer=Layer.TEXT, words=(), text=text)
    for context in _CONTEXTS:
        value = value_of_words(path, [region], context)
        if value is not None:
            yield value
