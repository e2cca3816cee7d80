"""What happens next: where the invoice stands on its way."""

from collections.abc import Iterator, Mapping

from invoice_summarizer.domain.invoice import InvoiceStatus
from invoice_summarizer.domain.summarizing.facts.fact import Fact
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext

_KINDS: Mapping[InvoiceStatus, FactKind] = {
    InvoiceStatus.READY: FactKind.READY,
    InvoiceStatus.REVIEW_PENDING: FactKind.REVIEW_PENDING,
    InvoiceStatus.APPROVED: FactKind.APPROVED,
    InvoiceStatus.REJECTED: FactKind.REJECTED,
    InvoiceStatus.ARCHIVED: FactKind.ARCHIVED,
}


def next_step(context: PlanContext, status: InvoiceStatus | None) -> Iterator[Fact]:
    """Yields what is to come; nothing of a document that is not stored."""
    if status is InvoiceStatus.READY and context.failed_checks:
        yield Fact(FactKind.READY_WITH_FAILED_CHECK)
    elif status is not None and status in _KINDS:
        yield Fact(_KINDS[status])
