"""What a correction did to the checks: a rule counts by the worst that it says of any place."""

from dataclasses import replace

from en16931.finding import Finding, Outcome, Severity
from invoice_reading.reading import Reading
from invoice_summarizer.domain.check_change import CheckChange, check_changes
from storage_samples import read_invoice, reading_of


def reading(*said: tuple[str, Outcome], others: dict[Outcome, tuple[str, ...]]) -> Reading:
    findings = tuple(
        Finding(
            rule_id=rule_id,
            rule_pack="test-1",
            severity=Severity.ERROR,
            outcome=outcome,
            field_paths=(),
            message="",
        )
        for rule_id, outcome in said
    )
    return replace(reading_of(read_invoice(1).content), findings=findings, other_rules=others)


def test_rules_that_say_something_else_are_told_in_order() -> None:
    before = reading(
        ("R-3", Outcome.FAILED), ("R-1", Outcome.PASSED), ("R-2", Outcome.PASSED), others={}
    )
    after = reading(
        ("R-3", Outcome.PASSED),
        ("R-1", Outcome.NOT_DECIDABLE),
        ("R-2", Outcome.PASSED),
        others={Outcome.PASSED: ("R-4",)},
    )
    assert check_changes(before, after) == (
        CheckChange(rule_id="R-1", before=Outcome.PASSED, after=Outcome.NOT_DECIDABLE),
        CheckChange(rule_id="R-3", before=Outcome.FAILED, after=Outcome.PASSED),
        CheckChange(rule_id="R-4", before=Outcome.NOT_APPLICABLE, after=Outcome.PASSED),
    )


def test_rule_holds_where_it_fails_at_no_place() -> None:
    before = reading(
        ("R-1", Outcome.FAILED), ("R-1", Outcome.FAILED), ("R-1", Outcome.PASSED), others={}
    )
    better = reading(
        ("R-1", Outcome.FAILED), ("R-1", Outcome.PASSED), ("R-1", Outcome.PASSED), others={}
    )
    good = reading(others={Outcome.PASSED: ("R-1",)})
    assert check_changes(before, better) == ()
    assert check_changes(better, good) == (
        CheckChange(rule_id="R-1", before=Outcome.FAILED, after=Outcome.PASSED),
    )
