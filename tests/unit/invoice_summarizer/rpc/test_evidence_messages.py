"""Derivations as messages: a decimal with all its digits, a date as ISO 8601 has it. Confidences as callers get them."""

from datetime import date
from decimal import Decimal

from invoice_reading.annotation import (
    Candidate,
    DateDerivation,
    Derivation,
    FieldAnnotation,
    FieldStatus,
    PageRegion,
)
from invoice_reading.calibration.fitted import fitted_curves
from invoice_reading.page import Box, Layer
from invoice_summarizer.rpc.mapping.assurance import annotation_to_proto, evidence_to_proto


def test_value_of_a_derivation_is_a_decimal_or_a_date_in_plain_form() -> None:
    amount = Derivation(expression="sum(lines[*].net_amount)", value=Decimal("1E+3"))
    day = DateDerivation(expression="issue_date + 14 days", value=date(2026, 3, 6))
    messages = [evidence_to_proto(evidence).derivation for evidence in (amount, day)]
    assert [(message.expression, message.value) for message in messages] == [
        ("sum(lines[*].net_amount)", "1000"),
        ("issue_date + 14 days", "2026-03-06"),
    ]


def test_value_of_a_page_has_its_probability_and_its_candidates_their_scores() -> None:
    region = PageRegion(page=1, box=Box(0, 0, 9, 9), layer=Layer.TEXT, words=(), text="Acme")
    annotation = FieldAnnotation(
        status=FieldStatus.PRESENT,
        confidence=0.75,
        evidence=(region,),
        candidates=(Candidate(value="Acme", confidence=0.9),),
    )
    message = annotation_to_proto("seller.name", annotation)
    assert message.confidence == fitted_curves()["seller.name"].probability(0.75) != 0.75
    assert [candidate.confidence for candidate in message.candidates] == [0.9]
    assert annotation_to_proto("lines[0].item.name", annotation).confidence == 0.75
