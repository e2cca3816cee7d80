"""How much each attack tries: counts and not times, so that the same seed tries the same."""

from dataclasses import dataclass
from enum import IntEnum


class Weight(IntEnum):
    """How much a document asks of who reads it."""

    LIGHT = 1  # well under a second
    MEDIUM = 2  # seconds, or tens of megabytes
    HEAVY = 3  # up to a minute, or as much as may be sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    hidden_texts: int
    summarized_samples: int  # whose summaries are corrupted
    labelled_invoices: bool  # whether those of the labelled invoices are corrupted too
    mutations: int
    heaviest_bombs: Weight
    duplicated_documents: int
    sends_of_each: int
    storms: int
    storm_calls: int
    documents_while_killing: int
    kills_of_each: int
    stalled_calls: int


FULL = Counts(
    hidden_texts=300,
    summarized_samples=6,
    labelled_invoices=True,
    mutations=2_000,
    heaviest_bombs=Weight.HEAVY,
    duplicated_documents=100,
    sends_of_each=100,
    storms=20,
    storm_calls=80,
    documents_while_killing=600,
    kills_of_each=4,
    stalled_calls=40,
)

PART = Counts(
    hidden_texts=37,
    summarized_samples=1,
    labelled_invoices=False,
    mutations=100,
    heaviest_bombs=Weight.MEDIUM,
    duplicated_documents=10,
    sends_of_each=50,
    storms=4,
    storm_calls=40,
    documents_while_killing=100,
    kills_of_each=1,
    stalled_calls=24,
)

SMALL = Counts(  # for tests
    hidden_texts=5,
    summarized_samples=1,
    labelled_invoices=False,
    mutations=40,
    heaviest_bombs=Weight.LIGHT,
    duplicated_documents=3,
    sends_of_each=40,
    storms=1,
    storm_calls=40,
    documents_while_killing=20,
    kills_of_each=1,
    stalled_calls=20,
)

BY_MINUTES = {4: PART, 15: FULL}
