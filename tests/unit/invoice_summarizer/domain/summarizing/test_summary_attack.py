"""The gate refuses every corruption of a real summary, and no clean one; `benchmarks/attack:gate` tries many more."""

from collections.abc import Iterator

from invoice_summarizer.domain.summarizing.gate import verify_summary
from invoice_summarizer.domain.summary import BoundText
from shared_data import shared_data
from summary_corruptions.catalogue import KINDS, Corruption, corruptions
from summary_corruptions.readings import (
    CleanSummary,
    readings_in,
    sample_readings,
    summaries,
)

_ONE_OF = (
    23  # the summaries of a document are 24, so that documents differ in what is tried of them
)


def corrupted(summary: CleanSummary) -> Iterator[Corruption]:
    return corruptions(summary, seed=summary.name)


def passes(summary: CleanSummary, corruption: Corruption) -> bool:
    return accepts(corruption.bound, summary)


def accepts(bound: BoundText, summary: CleanSummary) -> bool:
    return verify_summary(bound, summary.reading, summary.language, summary.style).accepted


def refused(clean: list[CleanSummary]) -> list[str]:
    return [summary.name for summary in clean if not accepts(summary.bound, summary)]


def test_every_corruption_of_the_samples_summaries_is_refused() -> None:
    clean = [summary for name, reading in sample_readings() for summary in summaries(name, reading)]
    tried = [(summary, corruption) for summary in clean for corruption in corrupted(summary)]
    assert {corruption.kind for _, corruption in tried} == set(KINDS)
    assert len(tried) > 4_000
    assert refused(clean) == []
    assert [
        (summary.name, corruption.kind, corruption.bound.text)
        for summary, corruption in tried
        if passes(summary, corruption)
    ] == []


def test_corruptions_of_the_labelled_invoices_summaries_are_refused_and_clean_ones_pass() -> None:
    readings = list(readings_in(shared_data() / "invoices"))
    assert len(readings) >= 100
    clean = [summary for name, reading in readings for summary in summaries(name, reading)]
    assert refused(clean) == []
    tried = [
        (summary, corruption) for summary in clean[::_ONE_OF] for corruption in corrupted(summary)
    ]
    assert len(tried) > 6_000
    assert [
        (summary.name, corruption.kind)
        for summary, corruption in tried
        if passes(summary, corruption)
    ] == []


def test_the_same_seed_gives_the_same_corruptions() -> None:
    [(name, reading), *_] = sample_readings()
    [summary, *_] = summaries(name, reading)
    assert list(corrupted(summary)) == list(corrupted(summary))
