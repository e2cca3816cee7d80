"""Ten thousand e-invoices changed by their structure are read, or refused with a reason; none costs much, none fails.

The same seeds give the same documents, so that what fails once fails again.
"""

import resource
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from xml_mutations import Mutations

from en16931.field_path import leaves
from invoice_reading.errors import DocumentUnreadable
from invoice_reading.pages.engine import MuPdfEngine
from invoice_reading.read import read
from invoice_reading.reading import Reading
from invoice_reading.stages import Stages
from invoice_summarizer.domain.summarizing.language import SUPPORTED_LANGUAGES
from invoice_summarizer.domain.summary import Style
from invoice_summarizer.rpc.mapping.reading import validated_to_proto
from invoice_summarizer.use_cases.validate_document import ValidatedDocument
from invoice_summarizer.use_cases.write_summary import write_by_template
from shared_data import shared_data

SEEDS, OF_EACH_SEED = range(10), 1_000
SUMMARIZED = 8  # every so many of those that are read
MOST_CPU_SECONDS = 2.0  # of this process alone: a busy machine does not count
MOST_GROWTH_KIB = 300 * 1024
_LARGEST = 40_000  # bytes of a document to begin with
REASONS = {
    "XML_SYNTAX_UNKNOWN",
    "XML_NOT_WELL_FORMED",
    "XML_FORBIDDEN_CONSTRUCT",
    "XML_SEVERAL_INVOICES",
    "XML_LIMIT_EXCEEDED",
    "DOCUMENT_TYPE_UNSUPPORTED",
    "DOCUMENT_EMPTY",
}


@cache
def mutations() -> Mutations:
    files = sorted((shared_data() / "invoices" / "xml").rglob("*.xml"))
    sizes = (file for file in files if file.stat().st_size <= _LARGEST)
    return Mutations([file.read_bytes() for file in sizes])


def read_all(seed: int) -> Iterator[Reading | str]:
    """Yields what each document of the seed was read into, or the reason for which it was not."""
    stages = Stages(pdf_engine=MuPdfEngine())
    for number, data in enumerate(mutations().of(seed, OF_EACH_SEED)):
        began = time.process_time()
        try:
            yield read(data, "", stages)
        except DocumentUnreadable as error:
            yield error.reason
        took = time.process_time() - began
        assert took < MOST_CPU_SECONDS, (seed, number)


@pytest.mark.parametrize("seed", SEEDS)
def test_changed_e_invoice_is_read_or_refused_with_a_reason(seed: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: Counter[str] = Counter()
    for outcome in read_all(seed):
        outcomes[outcome if isinstance(outcome, str) else "read"] += 1
        if isinstance(outcome, Reading):
            # What was read is named by paths that exist, and each has a place.
            assert dict(leaves(outcome.content)).keys() <= outcome.annotations.keys()
            if outcomes["read"] % SUMMARIZED == 0:
                _answer(outcome, SUPPORTED_LANGUAGES[outcomes["read"] % len(SUPPORTED_LANGUAGES)])
    assert outcomes.total() == OF_EACH_SEED
    assert outcomes.keys() - {"read"} <= REASONS
    assert outcomes["read"] > OF_EACH_SEED // 2 and outcomes["XML_NOT_WELL_FORMED"] > 0
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert growth < MOST_GROWTH_KIB


def _answer(reading: Reading, language: str) -> None:
    summary = write_by_template(reading, language, Style.FULL)
    assert summary.text
    validated = ValidatedDocument(
        reading=reading, summary=summary, language_code=language, style=Style.FULL
    )
    answer = validated_to_proto(validated)
    assert all(text.text and text.remedy for text in answer.rule_texts)


def test_same_seed_gives_the_same_documents() -> None:
    assert [*mutations().of(7, 50)] == [*mutations().of(7, 50)]
    assert [*mutations().of(7, 50)] != [*mutations().of(8, 50)]
