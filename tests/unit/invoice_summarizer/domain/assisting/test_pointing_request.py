import json

import pytest

from invoice_reading.assist.question import ASSISTED_FIELDS, MOST_WORDS, AskedWord, Question
from invoice_summarizer.domain.assisting.pointing_answer import (
    PointingDefect,
    PointingRefused,
    pointing_of,
)
from invoice_summarizer.domain.assisting.pointing_request import pointing_request

QUESTION = Question(
    ("invoice_number", "seller.name"),
    (
        AskedWord(1, 0, "Muster", True),
        AskedWord(1, 1, "GmbH", False),
        AskedWord(1, 2, 'No."', True),
        AskedWord(1, 5, "4711", False),
    ),
)


def test_words_stand_in_their_lines_behind_their_numbers() -> None:
    request = pointing_request(QUESTION)
    asked = json.loads(request.user)
    assert asked["lines"] == ["0:Muster 1:GmbH", '2:No." 3:4711']
    assert asked["fields"].keys() == {"invoice_number", "seller.name"}
    schema = json.loads(request.schema)
    assert schema["required"] == ["invoice_number", "seller.name"]
    assert not schema["additionalProperties"]


def test_every_field_that_may_be_asked_for_is_asked_with_its_meaning() -> None:
    asked = json.loads(pointing_request(Question(ASSISTED_FIELDS, QUESTION.words)).user)
    assert tuple(asked["fields"]) == ASSISTED_FIELDS
    assert all(asked["fields"].values())


def test_a_question_of_a_process_that_was_taken_over_makes_no_larger_request() -> None:
    question = Question(
        ("no.such.field", *ASSISTED_FIELDS), (AskedWord(1, 0, "x" * 10_000, True),) * 5_000
    )
    request = pointing_request(question)
    assert "no.such.field" not in request.user + request.schema
    assert len(json.loads(request.user)["lines"]) == MOST_WORDS
    assert len(request.user) < 100 * MOST_WORDS


def test_words_of_each_field_are_taken_and_empty_ones_left_out() -> None:
    answer = '{"invoice_number": [3], "seller.name": []}'
    assert pointing_of(answer, QUESTION) == {"invoice_number": (3,)}


@pytest.mark.parametrize(
    ("answer", "defect"),
    [
        ("", PointingDefect.ANSWER_NOT_OF_SCHEMA),
        ("Sure! The number is 4711.", PointingDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"invoice_number": ["4711"]}', PointingDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"invoice_number": [0,1,2,3,0,1,2,3,0,1,2,3,0]}', PointingDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"invoice_number": [4]}', PointingDefect.WORD_UNKNOWN),
        ('{"invoice_number": [-1]}', PointingDefect.WORD_UNKNOWN),
        ('{"invoice_number": [99999999999999999999]}', PointingDefect.WORD_UNKNOWN),
        ('{"issue_date": [0]}', PointingDefect.FIELD_NOT_ASKED),
        (f'{{"seller.name": [0], "x": "{"y" * 20_000}"}}', PointingDefect.ANSWER_TOO_LONG),
        ('{"seller.name": "\ud800"}', PointingDefect.ANSWER_NOT_OF_SCHEMA),
    ],
)
def test_an_answer_that_was_not_asked_for_is_refused_as_a_whole(
    answer: str, defect: PointingDefect
) -> None:
    with pytest.raises(PointingRefused) as refused:
        pointing_of(answer, QUESTION)
    assert refused.value.defect is defect
