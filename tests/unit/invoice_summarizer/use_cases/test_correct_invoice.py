"""A correction changes what it names, says who did it, and nothing else."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from en16931.field_path import leaves, value_at
from en16931.finding import Outcome
from en16931.model import DocumentTotals, Extras, InvoiceContent, Seller
from invoice_reading.annotation import (
    Candidate,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
    XmlNode,
)
from invoice_reading.reading import Reading
from invoice_summarizer.adapters.memory.store import MemoryStore
from invoice_summarizer.adapters.memory.transactions import MemoryTransactions
from invoice_summarizer.domain.correction import is_within
from invoice_summarizer.domain.errors import InvalidInput, WrongState
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal, Role
from invoice_summarizer.ports.clock import utc_now
from invoice_summarizer.use_cases.correct_invoice import PATHS_LIMIT, CorrectInvoice
from storage_samples import add_invoice, read_invoice

REVIEWER = Principal(subject="rita", tenant="acme", roles=frozenset({Role.REVIEWER}))
INVOICE = read_invoice(1)


def known_as(annotations: dict[str, FieldAnnotation]) -> Invoice:
    return replace(INVOICE, reading=replace(of(INVOICE), annotations=annotations))


def of(invoice: Invoice) -> Reading:
    assert invoice.reading is not None
    return invoice.reading


PATHS = [path for path, _ in leaves(INVOICE.content)]


async def corrected(
    corrections: InvoiceContent, *paths: str, invoice: Invoice = INVOICE
) -> Invoice:
    transactions = MemoryTransactions(MemoryStore())
    async with transactions.begin("acme") as transaction:
        await add_invoice(transaction, invoice)
    use_case = CorrectInvoice(transactions, utc_now)
    return await use_case(REVIEWER, invoice.id, corrections=corrections, paths=paths)


@pytest.mark.parametrize("path", PATHS)
async def test_value_that_a_person_confirms_stays_and_has_the_person_as_evidence(path: str) -> None:
    changed = await corrected(INVOICE.content, path)
    assert changed.content == INVOICE.content
    annotation = of(changed).annotations[path]
    assert isinstance(annotation.evidence[0], HumanEdit)
    assert (annotation.evidence[0].actor, annotation.status) == ("rita", FieldStatus.PRESENT)
    others = {p: a for p, a in of(INVOICE).annotations.items() if p != path}
    assert {p: a for p, a in of(changed).annotations.items() if p != path} == others
    assert changed.version == INVOICE.version + 1


@pytest.mark.parametrize("path", [path for path in PATHS if "[" not in path])
async def test_value_that_the_correction_leaves_out_is_cleared(path: str) -> None:
    changed = await corrected(InvoiceContent(), path)
    assert value_at(changed.content, path) is None
    cleared = of(changed).annotations[path]
    assert (cleared.status, cleared.reasons) == (FieldStatus.ABSENT, ("CLEARED_BY_PERSON",))
    assert isinstance(cleared.evidence[0], HumanEdit)
    assert cleared.candidates
    assert changed.status is InvoiceStatus.REVIEW_PENDING


async def test_list_in_a_group_that_is_left_out_becomes_empty() -> None:
    paths = ("seller.identifiers", "extras.cash_discounts")
    changed = await corrected(InvoiceContent(), *paths)
    assert changed.content.seller == Seller(name="Müller & Söhne")
    assert changed.content.extras == Extras()


async def test_amount_keeps_its_digits_as_raw_text() -> None:
    totals = DocumentTotals(paid_amount=Decimal("0.0000000"))
    changed = await corrected(InvoiceContent(totals=totals), "totals.paid_amount")
    assert of(changed).annotations["totals.paid_amount"].raw_text == "0.0000000"


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
    [sample] = of(INVOICE).findings
    other = replace(sample, rule_id="HIDDEN-TEXT-01")
    changed = await corrected(
        INVOICE.content,
        "seller.name",
        invoice=replace(INVOICE, reading=replace(of(INVOICE), findings=(other, sample))),
    )
    kept = [f for f in of(changed).findings if f.rule_id == "HIDDEN-TEXT-01"]
    assert kept == [other]
    assert sample not in of(changed).findings


TOTAL = "totals.amount_with_vat"
DECLARED = FieldAnnotation(
    status=FieldStatus.PRESENT,
    raw_text="1.234,50",
    confidence=0.9,
    evidence=(XmlNode(xpath="/a/b[1]", line=3),),
)


def with_total(total: str) -> InvoiceContent:
    assert INVOICE.content.totals is not None
    totals = msgspec.structs.replace(INVOICE.content.totals, amount_with_vat=Decimal(total))
    return msgspec.structs.replace(INVOICE.content, totals=totals)


async def test_what_the_document_said_stays_as_a_candidate_however_often_it_is_corrected() -> None:
    declared = known_as({TOTAL: DECLARED})
    expected = (Candidate(value="1234.50", confidence=0.9, evidence=DECLARED.evidence),)
    first = await corrected(with_total("1300"), TOTAL, invoice=declared)
    assert of(first).annotations[TOTAL].candidates == expected
    second = await corrected(with_total("1400"), TOTAL, invoice=first)
    cleared = await corrected(InvoiceContent(), TOTAL, invoice=second)
    again = await corrected(with_total("1500"), TOTAL, invoice=cleared)
    for invoice in (second, cleared, again):
        assert of(invoice).annotations[TOTAL].candidates == expected
    assert of(again).annotations[TOTAL].raw_text == "1500"


async def test_correction_of_the_whole_leaves_what_it_does_not_change() -> None:
    changed = await corrected(with_total("1300"), *InvoiceContent.__struct_fields__)
    edited = {
        path
        for path, known in of(changed).annotations.items()
        if any(isinstance(one, HumanEdit) and one.actor == "rita" for one in known.evidence)
    }
    assert edited == {TOTAL}
    others = {p: a for p, a in of(INVOICE).annotations.items() if p != TOTAL}
    assert {p: a for p, a in of(changed).annotations.items() if p != TOTAL} == others


async def test_elements_that_are_no_more_have_no_annotations() -> None:
    changed = await corrected(InvoiceContent(), "lines")
    assert not [path for path in of(changed).annotations if path.startswith("lines[")]


async def test_unrelated_correction_decides_no_sum_of_a_field_that_could_not_be_read() -> None:
    unread = FieldAnnotation(status=FieldStatus.ILLEGIBLE, reasons=("NOT_A_DECIMAL",))
    path = "totals.rounding_amount"
    invoice = known_as({path: unread})

    def outcome(changed: Invoice) -> Outcome:
        [amount_due] = [f for f in of(changed).findings if f.rule_id == "BR-CO-16"]
        return amount_due.outcome

    changed = await corrected(INVOICE.content, "seller.name", invoice=invoice)
    assert outcome(changed) is Outcome.NOT_DECIDABLE
    confirmed = await corrected(INVOICE.content, path, invoice=changed)
    assert outcome(confirmed) is Outcome.PASSED
    assert "FIELD_ILLEGIBLE:totals.rounding_amount" not in of(confirmed).review_reasons


async def test_mask_of_too_many_fields_is_refused() -> None:
    paths = [f"lines[0].item.attributes[{index}].name" for index in range(PATHS_LIMIT + 1)]
    with pytest.raises(InvalidInput) as caught:
        await corrected(INVOICE.content, *paths)
    assert (caught.value.reason, caught.value.field) == ("INVALID_FIELD_MASK", "update_mask")


@pytest.mark.parametrize(
    ("path", "parents", "expected"),
    [
        ("lines[2].net_amount", {"lines"}, True),
        ("lines[2].net_amount", {"lines[2]"}, True),
        ("lines[2].net_amount", {"lines[2].net_amount"}, True),
        ("lines[22].net_amount", {"lines[2]"}, False),
        ("seller.name_of_trade", {"seller.name"}, False),
        ("seller", {"seller.name"}, False),
        ("seller.name", set(), False),
    ],
)
def test_path_is_within_its_groups_and_lists_alone(
    path: str, parents: set[str], expected: bool
) -> None:
    assert is_within(path, parents) is expected
