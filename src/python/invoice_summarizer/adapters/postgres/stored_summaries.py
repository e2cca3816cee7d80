"""A page of an invoice's summaries, as they are stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from invoice_summarizer.adapters.postgres.json_records import claims_of
from invoice_summarizer.adapters.postgres.packed_json import size_of, unpacked
from invoice_summarizer.domain.summary import Claim, Summary


def claims_in(value: bytes) -> tuple[Claim, ...]:
    [encoded] = unpacked(value)
    return claims_of(encoded)


@dataclass(frozen=True, slots=True)
class StoredSummaries:
    """A Packed[Sequence[Summary]]: the summaries without their claims, and these."""

    summaries: tuple[Summary, ...]
    claims: tuple[bytes, ...]

    @property
    def size_bytes(self) -> int:
        return sum(map(size_of, self.claims))

    def unpacked(self) -> Sequence[Summary]:
        return [
            replace(summary, claims=claims_in(claims))
            for summary, claims in zip(self.summaries, self.claims, strict=True)
        ]
