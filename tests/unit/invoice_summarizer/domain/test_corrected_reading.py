"""What a correction leaves known of each field: who said it, what the document says, and what changed."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from en16931.field_path import is_within, leaves, value_at
from en16931.finding import Outcome
from en16931.model import InvoiceContent, InvoiceLine
from invoice_reading.annotation import (
    AnnotationReason,
    Candidate,
    FieldAnnotation,
    FieldStatus,
    HumanEdit,
    XmlNode,
)
from invoice_reading.reading import Reading
from invoice_summarizer.domain.canonical_value import canonical_text
from invoice_summarizer.domain.corrected_reading import (
    Change,
    CorrectedReading,
    corrected_reading,
)
from invoice_summarizer.domain.correction import Correction, corrected_content
from storage_samples import LONG_AGO, read_invoice


def read() -> Reading:
    reading = read_invoice(1).reading
    assert reading is not None
    return reading


READING = read()
VALUES = {path: canonical_text(value) for path, value in leaves(READING.content)}
EDIT = HumanEdit(actor="rita", time=LONG_AGO)


def corrected(values: dict[str, str | None], reading: Reading = READING) -> CorrectedReading:
    corrections = [Correction(*each) for each in values.items()]
    return corrected_reading(reading, corrected_content(reading.content, corrections), EDIT)


def with_annotations(annotations: dict[str, FieldAnnotation]) -> Reading:
    return replace(READING, annotations=annotations)


@pytest.mark.parametrize("path", VALUES)
def test_value_that_a_person_confirms_stays_and_has_the_person_as_evidence(path: str) -> None:
    after = corrected({path: VALUES[path]})
    assert after.reading.content == READING.content
    annotation = after.reading.annotations[path]
    assert (annotation.evidence, annotation.status) == ((EDIT,), FieldStatus.PRESENT)
    others = {p: a for p, a in READING.annotations.items() if p != path}
    assert {p: a for p, a in after.reading.annotations.items() if p != path} == others
    assert after.changes == (
        Change(field_path=path, field_path_after=path, before=VALUES[path], after=VALUES[path]),
    )


@pytest.mark.parametrize("path", VALUES)
def test_value_that_is_cleared_is_absent_and_stays_as_a_candidate(path: str) -> None:
    after = corrected({path: None})
    assert value_at(after.reading.content, path) is None
    cleared = after.reading.annotations[path]
    assert (cleared.status, cleared.reasons) == (FieldStatus.ABSENT, ("CLEARED_BY_PERSON",))
    assert cleared.evidence == (EDIT,)
    assert cleared.candidates
    assert after.changes == (
        Change(field_path=path, field_path_after=path, before=VALUES[path], after=None),
    )


def test_account_that_could_not_be_read_is_asked_for_until_somebody_says_which_it_is() -> None:
    path = "payment_instructions.credit_transfers[0].account_identifier"
    reading = with_annotations(
        {path: FieldAnnotation(status=FieldStatus.ILLEGIBLE, raw_text="DE75 5121 0800")}
    )
    other = corrected({"project_reference": "P-1"}, reading).reading
    assert f"FIELD_ILLEGIBLE:{path}" in map(str, other.review_reasons)
    told = corrected({path: "DE75512108001245126199"}, reading).reading
    assert f"FIELD_ILLEGIBLE:{path}" not in map(str, told.review_reasons)


def test_new_value_has_its_change() -> None:
    after = corrected({"project_reference": "P-1"})
    assert after.changes == (
        Change(
            field_path="project_reference",
            field_path_after="project_reference",
            before=None,
            after="P-1",
        ),
    )


def test_amount_keeps_its_digits_as_raw_text() -> None:
    after = corrected({"totals.paid_amount": "0.0000000"})
    assert after.reading.annotations["totals.paid_amount"].raw_text == "0.0000000"


def test_findings_on_the_document_stay_and_sums_are_worked_out_again() -> None:
    [sample] = READING.findings
    other = replace(sample, rule_id="HIDDEN-TEXT-01")
    after = corrected({"seller.name": "A"}, replace(READING, findings=(other, sample))).reading
    assert [f for f in after.findings if f.rule_id == "HIDDEN-TEXT-01"] == [other]
    assert sample not in after.findings


TOTAL = "totals.amount_with_vat"
DECLARED = FieldAnnotation(
    status=FieldStatus.PRESENT,
    raw_text="1.234,50",
    confidence=0.9,
    evidence=(XmlNode(xpath="/a/b[1]", line=3),),
)


def test_what_the_document_said_stays_as_a_candidate_however_often_it_is_corrected() -> None:
    expected = (Candidate(value="1234.50", confidence=0.9, evidence=DECLARED.evidence),)
    first = corrected({TOTAL: "1300"}, with_annotations({TOTAL: DECLARED})).reading
    second = corrected({TOTAL: "1400"}, first).reading
    cleared = corrected({TOTAL: None}, second).reading
    again = corrected({TOTAL: "1500"}, cleared).reading
    for reading in (first, second, cleared, again):
        assert reading.annotations[TOTAL].candidates == expected
    assert again.annotations[TOTAL].raw_text == "1500"


def test_group_that_is_cleared_leaves_its_fields_absent_and_lists_in_it_without_annotations() -> (
    None
):
    reading = with_annotations(
        {"seller.name": DECLARED, "seller.identifiers[0].value": DECLARED, TOTAL: DECLARED}
    )
    after = corrected({"seller": None}, reading).reading
    assert after.annotations["seller.name"].status is FieldStatus.ABSENT
    assert "seller.identifiers[0].value" not in after.annotations
    assert after.annotations[TOTAL] == DECLARED


def lines(count: int) -> Reading:
    content = InvoiceContent(
        lines=tuple(InvoiceLine(net_amount=Decimal(number)) for number in range(count))
    )
    annotations = {
        f"lines[{number}].net_amount": msgspec.structs.replace(DECLARED, raw_text=str(number))
        for number in range(count)
    }
    return replace(READING, content=content, annotations=annotations)


def test_annotations_move_with_their_lines() -> None:
    after = corrected({"lines[1]": None, "lines[4].net_amount": "9"}, lines(4))
    raw = {path: known.raw_text for path, known in after.reading.annotations.items()}
    assert raw == {
        "lines[0].net_amount": "0",
        "lines[1].net_amount": "2",
        "lines[2].net_amount": "3",
        "lines[3].net_amount": "9",
    }
    assert after.changes == (
        Change(field_path="lines[1].net_amount", field_path_after=None, before="1", after=None),
        Change(
            field_path="lines[4].net_amount",
            field_path_after="lines[3].net_amount",
            before=None,
            after="9",
        ),
    )


def test_lines_that_are_cleared_have_no_annotations_and_each_is_a_change() -> None:
    after = corrected({"lines": None}, lines(3))
    assert after.reading.annotations == {}
    assert [change.before for change in after.changes] == ["0", "1", "2"]
    assert {change.field_path_after for change in after.changes} == {None}


def test_who_corrects_lines_has_seen_how_many_there_are() -> None:
    assert READING.completeness.rows_seen == 3
    assert corrected({"seller.name": "A"}).reading.completeness.rows_seen == 3
    assert corrected({"lines[1].net_amount": "1"}).reading.completeness.rows_seen == 2


def test_unrelated_correction_decides_no_sum_of_a_field_that_could_not_be_read() -> None:
    unread = FieldAnnotation(
        status=FieldStatus.ILLEGIBLE, reasons=(AnnotationReason.NOT_A_DECIMAL,)
    )
    path = "totals.rounding_amount"

    def outcome(after: Reading) -> Outcome:
        [amount_due] = [f for f in after.findings if f.rule_id == "BR-CO-16"]
        return amount_due.outcome

    after = corrected({"seller.name": "A"}, with_annotations({path: unread})).reading
    assert outcome(after) is Outcome.NOT_DECIDABLE
    confirmed = corrected({path: None}, after)
    assert outcome(confirmed.reading) is Outcome.PASSED
    assert "FIELD_ILLEGIBLE:totals.rounding_amount" not in map(
        str, confirmed.reading.review_reasons
    )
    assert confirmed.changes == (
        Change(field_path=path, field_path_after=path, before=None, after=None),
    )


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
