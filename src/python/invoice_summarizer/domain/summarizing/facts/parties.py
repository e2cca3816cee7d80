"""Who writes to whom, under which number, and what it refers to."""

from collections.abc import Iterator

from invoice_summarizer.domain.summarizing.facts.fact import Fact
from invoice_summarizer.domain.summarizing.facts.ground import Ground
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
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


def identity(ground: Ground) -> Iterator[Fact]:
    kind = next((Slot(path) for path in KIND_FIELDS if ground.value(path) is not None), None)
    slots = ground.slots(
        invoice_number="invoice_number",
        issue_date="issue_date",
        seller="seller.name",
        buyer="buyer.name",
    )
    if kind or slots:
        yield Fact(FactKind.IDENTITY, {**({"kind": kind} if kind else {}), **slots})


def references(ground: Ground, direction: FactKind) -> Iterator[Fact]:
    said = 1 if direction is FactKind.CREDITED else 0  # with the credit
    for index in range(said, len(ground.content.preceding_invoices)):
        path = f"preceding_invoices[{index}]"
        if ground.text(f"{path}.reference"):
            slots = ground.slots(reference=f"{path}.reference", issue_date=f"{path}.issue_date")
            yield Fact(FactKind.PRECEDING_INVOICE, slots)
    for kind, path in _REFERENCES.items():
        if ground.text(path):
            yield Fact(kind, {"reference": Slot(path)})
    period = ground.slots(begin=f"{_PERIOD}.start_date", end=f"{_PERIOD}.end_date")
    if period:
        yield Fact(FactKind.PERIOD, period)
    delivered = ground.slots(date="delivery.actual_delivery_date")
    if delivered:
        yield Fact(FactKind.DELIVERED, delivered)
