"""The API specification says which findings, gaps and reasons a reading can have."""

from invoice_reading.annotation import AnnotationReason
from invoice_reading.calibration.fitted import fitted_curves
from invoice_reading.certainty import (
    DECISIVE_CONFIDENCE,
    DECISIVE_FIELDS,
    ORDINARY_CONFIDENCE,
    UNPAID_FIELDS,
    minimum_confidence,
)
from invoice_reading.changes_by_people import SECOND_LOOK_FIELDS
from invoice_reading.check.rules import CONTENT_PACKS, DOCUMENT_PACK
from invoice_reading.check.standard import STANDARD_RULES
from invoice_reading.completeness import Gap
from invoice_reading.decision import REQUIRED_FIELDS, REQUIRED_IN_XML
from invoice_reading.review_reason import ReviewCode
from markdown_page import code, codes, page

SPECIFICATION = page("docs/api-specs/API_SPECIFICATION.md")


def test_reasons_of_annotations_are_those_of_the_code() -> None:
    rows = SPECIFICATION.table("Reading invoices", "annotation reason")
    assert {code(row["annotation reason"]) for row in rows} == set(AnnotationReason)


def test_confidence_asked_of_calibrated_fields_is_that_of_their_curves() -> None:
    rows = SPECIFICATION.table("Reading invoices", "calibrated field")
    documented = {code(row["calibrated field"]): row["confidence asked"] for row in rows}
    assert documented == {
        path: f"{curve.probability(minimum_confidence(path)):.3f}"
        for path, curve in fitted_curves().items()
    }


def test_findings_are_those_of_the_code() -> None:
    documented = {
        code(row["rule"]): (code(row["pack"]), row["severity"])
        for row in SPECIFICATION.table("Findings", "rule")
    }
    of_content = {
        rule.rule_id: (str(rule.pack), rule.severity.value)
        for pack in CONTENT_PACKS
        for rule in pack.rules
        if rule not in STANDARD_RULES  # of which docs/en16931.md speaks
    }
    of_document = {
        rule.rule_id: (str(rule.pack), rule.severity.value) for rule in DOCUMENT_PACK.rules
    }
    assert documented == {**of_content, **of_document}


def test_gaps_are_those_of_the_code() -> None:
    documented = {
        code(row["gap"]): row["verdict"] for row in SPECIFICATION.table("Completeness", "gap")
    }
    assert documented == {gap.value: gap.verdict.value for gap in Gap}


def test_review_reasons_are_those_of_the_code() -> None:
    rows = SPECIFICATION.table("Review reasons", "review reason")
    documented = {code(row["review reason"]).partition(":")[0]: row["meaning"] for row in rows}
    assert documented.keys() == set(ReviewCode)
    assert tuple(codes(documented["FIELD_MISSING"])) == (*REQUIRED_FIELDS, *REQUIRED_IN_XML)
    assert tuple(codes(documented["CHANGED_BY_PERSON"])) == SECOND_LOOK_FIELDS
    low = documented["LOW_CONFIDENCE"]
    assert str(DECISIVE_CONFIDENCE) in low and str(ORDINARY_CONFIDENCE) in low
    assert tuple(codes(low)) == (*DECISIVE_FIELDS, *UNPAID_FIELDS)
