"""The gate refuses every corruption of a real summary, and no clean one; `benchmarks/attack:gate` tries many more."""

from collections import Counter
from collections.abc import Iterable, Iterator

from invoice_summarizer.domain.summarizing.template import LONGEST_LINE
from invoice_summarizer.domain.summary import Style
from shared_data import shared_data
from summary_corruptions.catalogue import KINDS, Corruption, corruptions
from summary_corruptions.misplaced_leads import misplaced_leads
from summary_corruptions.readings import (
    CleanSummary,
    chosen_summaries,
    readings_in,
    sample_readings,
    summaries,
)

_ONE_OF = (
    23  # the summaries of a document are 24, so that documents differ in what is tried of them
)
_ONE_CHOSEN_OF = 53  # of 36


def corrupted(summary: CleanSummary) -> Iterator[Corruption]:
    return corruptions(summary, seed=summary.name)


def attacked(clean: Iterable[CleanSummary]) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """Returns how many of each kind were tried, and what passed."""
    tried, passed = Counter[str](), list[tuple[str, str, str]]()
    for summary in clean:
        gate = summary.gate()
        for corruption in corrupted(summary):
            tried[corruption.kind] += 1
            if gate.verify(corruption.bound).accepted:
                passed.append((summary.name, corruption.kind, corruption.bound.text))
    return tried, passed


def refused(clean: Iterable[CleanSummary]) -> list[str]:
    return [each.name for each in clean if not each.gate().verify(each.bound).accepted]


def test_every_corruption_of_the_samples_summaries_is_refused() -> None:
    clean = [summary for name, reading in sample_readings() for summary in summaries(name, reading)]
    tried, passed = attacked(clean)
    assert tried.keys() == set(KINDS)
    assert tried.total() > 4_000
    assert refused(clean) == []
    assert passed == []


def test_every_corruption_of_texts_that_a_model_may_choose_is_refused() -> None:
    clean = [
        summary
        for name, reading in sample_readings()
        for summary in chosen_summaries(name, reading, seed="chosen")
    ]
    assert refused(clean) == []
    tried, passed = attacked(clean[::5])  # every language, style and freedom comes
    assert tried.keys() >= misplaced_leads().keys()
    assert tried.total() > 2_000
    assert passed == []


def test_corruptions_of_the_labelled_invoices_summaries_are_refused_and_clean_ones_pass() -> None:
    readings = list(readings_in(shared_data() / "invoices"))
    assert len(readings) >= 100
    clean = [summary for name, reading in readings for summary in summaries(name, reading)]
    assert refused(clean) == []
    lines = [each for each in clean if each.style is Style.ONE_LINE]
    assert [each.name for each in lines if len(each.bound.text) > LONGEST_LINE] == []
    tried, passed = attacked(clean[::_ONE_OF])
    assert tried.total() > 6_000
    assert passed == []
    chosen = [
        summary
        for name, reading in readings
        for summary in chosen_summaries(name, reading, seed="chosen")
    ][::_ONE_CHOSEN_OF]
    assert refused(chosen) == []
    tried, passed = attacked(chosen)
    assert tried.total() > 3_000
    assert passed == []


def test_the_same_seed_gives_the_same_corruptions() -> None:
    [(name, reading), *_] = sample_readings()
    [summary, *_] = summaries(name, reading)
    assert list(corrupted(summary)) == list(corrupted(summary))
