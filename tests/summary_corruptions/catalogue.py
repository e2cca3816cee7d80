"""Every kind of corruption of a summary that the gate must refuse, drawn at random from a seed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from invoice_summarizer.domain.summary import BoundText
from summary_corruptions.changed_facts import changed_facts
from summary_corruptions.changed_figures import changed_figures
from summary_corruptions.free_words import free_words
from summary_corruptions.misplaced_claims import misplaced_claims
from summary_corruptions.misplaced_leads import misplaced_leads
from summary_corruptions.pieces import Pieces, Summarized, taken_apart
from summary_corruptions.readings import CleanSummary

KINDS: Mapping[str, Callable[[Summarized, Random], Pieces | None]] = {
    **changed_facts(),
    **changed_figures(),
    **free_words(),
    **misplaced_claims(),
    **misplaced_leads(),
}


@dataclass(frozen=True, slots=True)
class Corruption:
    kind: str
    bound: BoundText


def corruptions(clean: CleanSummary, *, seed: str, each: int = 1) -> Iterator[Corruption]:
    """Yields corruptions of a clean summary, up to `each` of every kind; the same seed gives the same.

    What a corruption says is not what the document says, or not with the evidence that the claim names.
    """
    bound = clean.bound
    summary = Summarized(taken_apart(bound), clean.plan, clean.language, clean.style, clean.freedom)
    for kind, corrupt in KINDS.items():
        random = Random(f"{seed} {kind}")
        for _ in range(each):
            pieces = corrupt(summary, random)
            changed = pieces.bound() if pieces is not None else bound
            if changed != bound:
                yield Corruption(kind, changed)
