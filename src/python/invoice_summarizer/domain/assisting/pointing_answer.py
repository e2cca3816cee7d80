"""Reads a model's answer to a pointing request, which may be anything."""

from enum import StrEnum

import msgspec

from invoice_reading.assist.pointed_words import MOST_WORDS_OF_A_FIELD
from invoice_reading.assist.question import Pointing, Question
from invoice_summarizer.domain.assisting.pointing_request import asked_fields

LONGEST_ANSWER = 16 * 1024  # characters; one of all fields has some hundred


class PointingDefect(StrEnum):
    """Why an answer is refused as a whole: one that is wrong in part is not trusted in the rest."""

    ANSWER_CUT = "ANSWER_CUT"  # it ended at the limit of tokens
    ANSWER_TOO_LONG = "ANSWER_TOO_LONG"
    ANSWER_NOT_OF_SCHEMA = "ANSWER_NOT_OF_SCHEMA"
    FIELD_NOT_ASKED = "FIELD_NOT_ASKED"
    WORD_UNKNOWN = "WORD_UNKNOWN"


class PointingRefused(Exception):
    """No caller sees this: the document is read without the answer."""

    def __init__(self, defect: PointingDefect) -> None:
        super().__init__(defect.value)
        self.defect = defect


def pointing_of(answer: str, question: Question) -> Pointing:
    """Returns the words of each field that the answer points at. Raises PointingRefused."""
    if len(answer) > LONGEST_ANSWER:
        raise PointingRefused(PointingDefect.ANSWER_TOO_LONG)
    try:
        pointed = msgspec.json.decode(answer, type=dict[str, tuple[int, ...]])
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise PointingRefused(PointingDefect.ANSWER_NOT_OF_SCHEMA) from error
    if not pointed.keys() <= set(asked_fields(question)):
        raise PointingRefused(PointingDefect.FIELD_NOT_ASKED)
    if any(len(numbers) > MOST_WORDS_OF_A_FIELD for numbers in pointed.values()):
        raise PointingRefused(PointingDefect.ANSWER_NOT_OF_SCHEMA)
    known = range(len(question.words))
    if any(number not in known for numbers in pointed.values() for number in numbers):
        raise PointingRefused(PointingDefect.WORD_UNKNOWN)
    return {path: numbers for path, numbers in pointed.items() if numbers}
