"""Explains a claim of a stored summary."""

from dataclasses import dataclass

from invoice_summarizer.domain.errors import InvalidInput, NotFound
from invoice_summarizer.domain.etag import invoice_etag
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.domain.summarizing.explanation import ClaimExplanation, explanation_of
from invoice_summarizer.domain.summary import Claim, Summary
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transactions


class ClaimNotFound(NotFound):
    """The summary has no such claim; metadata `claims` says how many it has."""

    reason = "CLAIM_NOT_FOUND"

    def __init__(self, message: str, summary: Summary) -> None:
        super().__init__(message, metadata={"claims": str(len(summary.claims))})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedClaim:
    """`invoice_changed`: the explanation is of a later state of the invoice than the summary."""

    index: int
    text: str
    claim: Claim
    explanation: ClaimExplanation
    invoice_changed: bool


class ExplainClaim:
    """Returns what a claim of a stored summary rests on: the one of that index, or in which the position lies.

    Raises NotFound, ClaimNotFound, InvalidInput where neither is given, and WorkLost.
    """

    def __init__(self, transactions: Transactions, work: LongWork) -> None:
        self._transactions = transactions
        self._work = work

    async def __call__(
        self,
        principal: Principal,
        invoice_id: str,
        summary_id: str,
        *,
        index: int | None = None,
        position: int | None = None,
    ) -> ExplainedClaim:
        async with self._transactions.begin(principal.tenant) as transaction:
            summary = await transaction.summaries.get(invoice_id, summary_id)
            index = _index_at(summary, position) if index is None else index
            claim = claim_of(summary, index)
            invoice = await transaction.invoices.get(invoice_id)
        assert invoice.reading is not None, "what was summarized has been read, and stays so"
        return ExplainedClaim(
            index=index,
            text=summary.text[claim.begin : claim.end],
            claim=claim,
            explanation=await self._work(principal.tenant, invoice.reading, explained, claim),
            invoice_changed=summary.invoice_etag != invoice_etag(invoice.header),
        )


def explained(reading: StoredReading, claim: Claim) -> ClaimExplanation:
    """Returns what `explanation_of` does of the stored reading."""
    return explanation_of(claim, reading.unpacked())


def claim_of(summary: Summary, index: int) -> Claim:
    """Returns the claim of the index. Raises ClaimNotFound."""
    if not 0 <= index < len(summary.claims):
        raise ClaimNotFound("the summary has no claim of this index", summary)
    return summary.claims[index]


def _index_at(summary: Summary, position: int | None) -> int:
    if position is None:
        raise InvalidInput(
            "a claim is named by its index or by a position in the text",
            field="claim",
            reason="CLAIM_MISSING",
        )
    for index, claim in enumerate(summary.claims):
        if claim.begin <= position < claim.end:
            return index
    raise ClaimNotFound("no claim of the summary stands at this position", summary)
