"""The API specification says which findings, gaps and reasons a reading can have."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal

from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from en16931.sums import RULE_PACK, SUM_RULES
from invoice_reading.annotation import FieldAnnotation, FieldStatus
from invoice_reading.completeness import Completeness, Verdict
from invoice_reading.decision import (
    MINIMUM_CONFIDENCE,
    REQUIRED_FIELDS,
    REQUIRED_IN_XML,
    review_reasons,
)
from invoice_reading.reading import DocumentForm
from invoice_summarizer.domain.corrected_reading import CLEARED
from markdown_page import code, codes, page
from syntax_trees import called, calls, keyword, modules, text, texts

SPECIFICATION = page("docs/api-specs/API_SPECIFICATION.md")
_WORD = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")


def test_reasons_of_annotations_are_those_of_the_code() -> None:
    rows = SPECIFICATION.table("Reading invoices", "annotation reason")
    assert {code(row["annotation reason"]) for row in rows} == set(_annotation_reasons())


def test_findings_are_those_of_the_code() -> None:
    documented = {
        code(row["rule"]): (code(row["pack"]), row["severity"])
        for row in SPECIFICATION.table("Findings", "rule")
    }
    of_standard = {rule.rule_id: (RULE_PACK, "ERROR") for rule in SUM_RULES}
    assert documented == {**of_standard, **dict(_own_rules())}


def test_gaps_are_those_of_the_code() -> None:
    documented = {
        code(row["gap"]): row["verdict"] for row in SPECIFICATION.table("Completeness", "gap")
    }
    assert documented == dict(_gaps())


def test_review_reasons_are_those_of_the_code() -> None:
    rows = SPECIFICATION.table("Review reasons", "review reason")
    documented = {code(row["review reason"]).partition(":")[0]: row["meaning"] for row in rows}
    assert documented.keys() == set(_review_reasons())
    assert tuple(codes(documented["FIELD_MISSING"])) == (*REQUIRED_FIELDS, *REQUIRED_IN_XML)
    assert str(MINIMUM_CONFIDENCE) in documented["LOW_CONFIDENCE"]


def _annotation_reasons() -> Iterator[str]:
    yield CLEARED
    for module in modules("invoice_reading/extract"):
        for node in ast.walk(module):
            match node:
                case ast.Tuple(elts=[ast.Constant(value=str(word))]) if _WORD.fullmatch(word):
                    yield word
    for call, module in calls("en16931/binding"):
        if called(call) in ("NotAValue", "_cannot_read"):
            reason = text(call.args[-1], module)
            if reason is not None:
                yield reason


def _own_rules() -> Iterator[tuple[str, tuple[str, str]]]:
    for call, module in calls("invoice_reading/check"):
        rule = text(keyword(call, "rule_id"), module) if called(call) == "Finding" else None
        if rule is not None:
            severity = keyword(call, "severity")
            assert isinstance(severity, ast.Attribute)
            yield rule, ("invoice-summarizer", severity.attr)


def _gaps() -> Iterator[tuple[str, str]]:
    [module] = modules("invoice_reading/check/certificate.py")
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=[ast.Name(id="missing" | "unproven" as name)], value=value):
                # The condition of the comprehension repeats some of the words.
                assert isinstance(value, ast.ListComp)
                words = filter(_WORD.fullmatch, texts(value.generators[0].iter))
                yield from ((word, "PARTIAL" if name == "missing" else "UNKNOWN") for word in words)


def _review_reasons() -> Iterator[str]:
    """Yields what the source can yield, the words that are made of a status being those that are seen."""
    seen = {reason.partition(":")[0] for reason in _seen_reasons()}
    [module] = modules("invoice_reading/decision.py")
    for node in ast.walk(module):
        if isinstance(node, ast.Yield) and node.value is not None:
            word = next(texts(node.value)).partition(":")[0]
            yield from {one for one in seen if one.startswith(word)} if word[-1] == "_" else [word]
    yield from seen


def _seen_reasons() -> Iterator[str]:
    annotations = {status.value: FieldAnnotation(status=status) for status in FieldStatus}
    unsure = FieldAnnotation(status=FieldStatus.PRESENT, confidence=0.1)
    failed = Finding(
        rule_id="BR-CO-15",
        rule_pack=RULE_PACK,
        severity=Severity.ERROR,
        outcome=Outcome.FAILED,
        field_paths=(),
        message="",
        residual=Decimal(1),
    )
    for verdict in Verdict:
        yield from review_reasons(
            DocumentForm.PDF_TEXT,
            InvoiceContent(invoice_number="1"),
            {**annotations, "invoice_number": unsure},
            [failed],
            Completeness(
                verdict=verdict,
                rows_seen=0,
                rows_returned=0,
                pages=1,
                pages_read=1,
                sums_close=False,
            ),
        )
