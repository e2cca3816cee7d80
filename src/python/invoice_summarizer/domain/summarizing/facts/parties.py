"""Who writes to whom, under which number, and what it refers to."""

from collections.abc import Iterator

from invoice_summarizer.domain.summarizing.facts.fact import Fact
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.roles import KIND_FIELDS
from invoice_summarizer.domain.summarizing.segments import Slot

_REFERENCES = {
    FactKind.PURCHASE_ORDER: "purchase_order_reference",
    FactKind.CONTRACT: "contract_reference",
    FactKind.PROJECT: "project_reference",
    FactKind.BUYER_REFERENCE: "buyer_reference",
    FactKind.COST_CENTRE: "buyer_accounting_reference",
}
_PERIOD = "delivery.invoicing_period"


def identity(context: PlanContext) -> Iterator[Fact]:
    kind = next((Slot(path) for path in KIND_FIELDS if context.value(path) is not None), None)
    slots = context.slots(
        invoice_number="invoice_number",
        issue_date="issue_date",
        seller="seller.name",
        buyer="buyer.name",
    )
    if kind or slots:
        yield Fact(FactKind.IDENTITY, {**({"kind": kind} if kind else {}), **slots})


def references(context: PlanContext, direction: FactKind) -> Iterator[Fact]:
    said = 1 if direction is FactKind.CREDITED else 0  # with the credit
    for index in range(said, len(context.content.preceding_invoices)):
        path = f"preceding_invoices[{index}]"
        if context.text(f"{path}.reference"):
            slots = context.slots(reference=f"{path}.reference", issue_date=f"{path}.issue_date")
            yield Fact(FactKind.PRECEDING_INVOICE, slots)
    for kind, path in _REFERENCES.items():
        if context.text(path):
            yield Fact(kind, {"reference": Slot(path)})
    period = context.slots(begin=f"{_PERIOD}.start_date", end=f"{_PERIOD}.end_date")
    if period:
        yield Fact(FactKind.PERIOD, period)
    delivered = context.slots(date="delivery.actual_delivery_date")
    if delivered:
        yield Fact(FactKind.DELIVERED, delivered)
