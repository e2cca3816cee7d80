"""Answers that are made from the truth point at words that state it, or that state something else."""

import json

import pytest
from reading_quality.labelled import Labelled
from reading_quality.pointing import right_answer, wrong_answer

from invoice_reading.assist.question import AskedWord, Question
from invoice_summarizer.domain.assisting.pointing_request import pointing_request

TEXT = "Invoice 4711 of 3 May 2026 Order 4712 Net 1.234,50 Total 1.469,06 EUR"
DOCUMENT = Labelled(
    "made.pdf",
    "pdf-digital",
    {"invoice_number": "4711", "issue_date": "2026-05-03", "total_amount": "1469.06"},
)


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("invoice_number", "4711", "Invoice"),
        ("issue_date", "3 May 2026", ""),
        ("totals.amount_with_vat", "1.469,06", "4711"),
        ("totals.vat_amount", "", ""),  # whose value is not known
    ],
)
def test_words_that_are_pointed_at(path: str, right: str, wrong: str) -> None:
    words = TEXT.split()
    question = Question((path,), tuple(AskedWord(1, n, w, n == 0) for n, w in enumerate(words)))
    request = pointing_request(question)
    for made, expected in ((right_answer, right), (wrong_answer, wrong)):
        pointed = json.loads(made(request, DOCUMENT))
        assert list(pointed) == [path]
        assert " ".join(words[number] for number in pointed[path]) == expected
