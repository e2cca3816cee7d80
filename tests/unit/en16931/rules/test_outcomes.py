"""What the rules said, fit to be kept."""

from decimal import Decimal

from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from en16931.reader import read_xml
from en16931.rules.declared import Declared
from en16931.rules.outcomes import rule_outcomes
from en16931.rules.sums import SUM_RULES, SUMS
from small_invoice import ubl_invoice


def finding(rule_id: str, outcome: Outcome, left: Decimal | None = None) -> Finding:
    return Finding(
        rule_id=rule_id,
        rule_pack="test",
        severity=Severity.ERROR,
        outcome=outcome,
        field_paths=(),
        message="",
        left=left,
    )


def test_what_failed_what_is_undecided_and_sums_keep_their_findings() -> None:
    kept = [
        finding("A", Outcome.FAILED),
        finding("B", Outcome.NOT_DECIDABLE),
        finding("C", Outcome.PASSED, Decimal(1)),
    ]
    outcomes = rule_outcomes([kept[0], finding("D", Outcome.PASSED), *kept[1:]])
    assert outcomes.findings == tuple(kept)
    assert outcomes.others == {Outcome.PASSED: ("D",)}


def test_hundreds_of_rules_that_pass_leave_their_ids_only() -> None:
    ids = [f"BR-{number:02}" for number in range(223)]
    outcomes = rule_outcomes(finding(rule_id, Outcome.PASSED) for rule_id in ids)
    assert outcomes.findings == ()
    assert outcomes.others == {Outcome.PASSED: tuple(ids)}


def test_rule_that_failed_in_one_place_is_not_among_those_that_passed() -> None:
    failed = finding("A", Outcome.FAILED)
    outcomes = rule_outcomes([finding("A", Outcome.PASSED), failed, finding("A", Outcome.PASSED)])
    assert (outcomes.findings, outcomes.others) == ((failed,), {})


def test_rule_that_passed_in_one_place_and_applies_to_no_other_has_passed() -> None:
    said = [finding("A", Outcome.NOT_APPLICABLE), finding("A", Outcome.PASSED)]
    assert rule_outcomes(said).others == {Outcome.PASSED: ("A",)}


def test_every_sum_is_either_a_finding_or_among_the_others() -> None:
    for content in (InvoiceContent(), read_xml(ubl_invoice()).content):
        outcomes = rule_outcomes(SUMS.check(Declared(content)))
        seen = {one.rule_id for one in outcomes.findings}
        others = [rule_id for ids in outcomes.others.values() for rule_id in ids]
        assert seen | set(others) == {rule.rule_id for rule in SUM_RULES}
        assert not seen & set(others)


def test_rules_that_are_wanted_in_full_keep_every_finding() -> None:
    said = [finding("A", Outcome.NOT_APPLICABLE), finding("B", Outcome.PASSED)]
    outcomes = rule_outcomes(said, in_full={"A"})
    assert (outcomes.findings, outcomes.others) == ((said[0],), {Outcome.PASSED: ("B",)})
