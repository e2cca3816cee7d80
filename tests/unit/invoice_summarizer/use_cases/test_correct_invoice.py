"""A correction changes what it names, says who did it, and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest

from en16931.field_path import leaves, value_at
from en16931.model import DocumentTotals, Extras, InvoiceContent, Seller
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.annotation import FieldStatus, HumanEdit
from invoice_summarizer.domain.errors import InvalidInput, WrongState
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases.correct_invoice import CorrectInvoice
from storage_samples import read_invoice

REVIEWER = Principal(subject="rita", tenant="acme", roles=frozenset({Role.REVIEWER}))
INVOICE = read_invoice(1)
PATHS = [path for path, _ in leaves(INVOICE.content)]


async def corrected(
    corrections: InvoiceContent, *paths: str, invoice: Invoice = INVOICE
) -> Invoice:
    transactions = MemoryTransactions(MemoryStore())
    async with transactions.begin("acme") as transaction:
        await transaction.invoices.add(invoice)
    use_case = CorrectInvoice(transactions, utc_now)
    return await use_case(REVIEWER, invoice.id, corrections=corrections, paths=paths)


@pytest.mark.parametrize("path", PATHS)
async def test_value_that_a_person_confirms_stays_and_has_the_person_as_evidence(path: str) -> None:
    changed = await corrected(INVOICE.content, path)
    assert changed.content == INVOICE.content
    annotation = changed.annotations[path]
    assert isinstance(annotation.evidence[0], HumanEdit)
    assert (annotation.evidence[0].actor, annotation.status) == ("rita", FieldStatus.PRESENT)
    others = {p: a for p, a in INVOICE.annotations.items() if p != path}
    assert {p: a for p, a in changed.annotations.items() if p != path} == others
    assert changed.version == INVOICE.version + 1


@pytest.mark.parametrize("path", [path for path in PATHS if "[" not in path])
async def test_value_that_the_correction_leaves_out_is_cleared(path: str) -> None:
    changed = await corrected(InvoiceContent(), path)
    assert value_at(changed.content, path) is None
    assert path not in changed.annotations
    assert changed.status is InvoiceStatus.REVIEW_PENDING


async def test_list_in_a_group_that_is_left_out_becomes_empty() -> None:
    paths = ("seller.identifiers", "extras.cash_discounts")
    changed = await corrected(InvoiceContent(), *paths)
    assert changed.content.seller == Seller(name="Müller & Söhne")
    assert changed.content.extras == Extras()


async def test_amount_keeps_its_digits_as_raw_text() -> None:
    totals = DocumentTotals(paid_amount=Decimal("0.0000000"))
    changed = await corrected(InvoiceContent(totals=totals), "totals.paid_amount")
    assert changed.annotations["totals.paid_amount"].raw_text == "0.0000000"


@pytest.mark.parametrize("path", ["lines[1].net_amount", "lines[7]", "nothing", "lines[0].x", ""])
async def test_path_that_names_nothing_is_refused(path: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        await corrected(INVOICE.content, path)
    assert caught.value.reason == "UNKNOWN_FIELD"


@pytest.mark.parametrize(
    "status",
    [s for s in InvoiceStatus if s not in (InvoiceStatus.READY, InvoiceStatus.REVIEW_PENDING)],
)
async def test_only_what_is_ready_or_waits_can_be_corrected(status: InvoiceStatus) -> None:
    with pytest.raises(WrongState):
        await corrected(INVOICE.content, "invoice_number", invoice=replace(INVOICE, status=status))


async def test_findings_that_are_not_sums_stay() -> None:
    [sample] = INVOICE.findings
    other = replace(sample, rule_id="HIDDEN-TEXT-01")
    changed = await corrected(
        INVOICE.content, "seller.name", invoice=replace(INVOICE, findings=(other, sample))
    )
    kept = [f for f in changed.findings if f.rule_id == "HIDDEN-TEXT-01"]
    assert kept == [other]
    assert sample not in changed.findings
