"""A model's answer may be anything: its keys are read as they come, and whatever is no answer has its reason."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoice_summarizer.domain.summarizing.model_answer import (
    AnswerDefect,
    AnswerReader,
    AnswerRefused,
)

KEYS = st.lists(st.sampled_from(["s1", "s22", "vat", "payment"]), max_size=8)


def read(pieces: list[str]) -> tuple[list[str], list[str]]:
    """Returns the keys as they came, and those of the whole."""
    reader = AnswerReader()
    came = [key for piece in pieces for key in reader.feed(piece)]
    return came, reader.end()


@given(KEYS, st.sampled_from([None, 2]), st.data())
def test_keys_come_as_soon_as_they_are_whole(
    keys: list[str], indent: int | None, data: st.DataObject
) -> None:
    text = json.dumps({"segments": keys}, indent=indent)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))) | {0, len(text)})
    pieces = [text[begin:end] for begin, end in pairwise(cuts)]
    assert read(pieces) == (keys, keys)


def test_key_is_given_before_the_answer_ends() -> None:
    reader = AnswerReader()
    assert [*reader.feed('{"segments": ["s1')] == []
    assert [*reader.feed('2", "s3"')] == ["s12"]
    assert [*reader.feed("]")] == ["s3"]


@pytest.mark.parametrize(
    ("answer", "defect"),
    [
        ("", AnswerDefect.ANSWER_NOT_JSON),
        ("Invoice 7 is paid.", AnswerDefect.ANSWER_NOT_JSON),
        ('{"segments": ["s1"', AnswerDefect.ANSWER_NOT_JSON),
        ('{"segments": ["s1\n"]}', AnswerDefect.ANSWER_NOT_JSON),
        ('{"segments": ["s1"]} and more', AnswerDefect.ANSWER_NOT_JSON),
        ('{"segments": ["\ud800"]}', AnswerDefect.ANSWER_NOT_JSON),
        ("[]", AnswerDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"segments": "s1"}', AnswerDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"segments": [1]}', AnswerDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"segments": null}', AnswerDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"segments": ["s1"], "text": "paid"}', AnswerDefect.ANSWER_NOT_OF_SCHEMA),
        ("{}", AnswerDefect.ANSWER_NOT_OF_SCHEMA),
        ("[" * 10_000, AnswerDefect.ANSWER_NOT_OF_SCHEMA),
        ('{"segments": ' + "[" * 10_000, AnswerDefect.ANSWER_NOT_OF_SCHEMA),
    ],
)
def test_what_is_no_answer_is_refused(answer: str, defect: AnswerDefect) -> None:
    with pytest.raises(AnswerRefused) as caught:
        read([answer])
    assert caught.value.reasons == (defect,)


def test_answer_that_never_ends_is_refused_while_it_comes() -> None:
    reader = AnswerReader()
    with pytest.raises(AnswerRefused) as caught:
        for _ in range(1000):
            list(reader.feed('"s1", ' * 20))
    assert caught.value.reasons == (AnswerDefect.ANSWER_TOO_LONG,)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        came, whole = read([text])
    except AnswerRefused as error:
        [reason] = error.reasons
        assert reason in {*AnswerDefect}
    else:
        assert set(came) <= set(whole)
