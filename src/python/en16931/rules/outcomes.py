"""What the rules said of an invoice, fit to be kept: with some hundred rules, most of what they say is that all is well."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from en16931.finding import Finding, Outcome

_WORTH_KEEPING = frozenset({Outcome.FAILED, Outcome.NOT_DECIDABLE})


@dataclass(frozen=True, slots=True)
class RuleOutcomes:
    """Findings where there is something to see, and the ids of all other rules by what they said.

    `findings` are those that failed or could not be decided, and the sums with their sides. A rule is in `others`
    where it has no finding there: under PASSED where it passed anywhere, else under its outcome.
    """

    findings: tuple[Finding, ...]
    others: Mapping[Outcome, tuple[str, ...]]


def rule_outcomes(findings: Iterable[Finding], in_full: Collection[str] = ()) -> RuleOutcomes:
    """Returns the outcomes with each finding that has something to see, in their order, and the rest by rule.

    Of the rules that `in_full` names, every finding is kept.
    """
    kept: list[Finding] = []
    plain: dict[str, set[Outcome]] = {}
    for finding in findings:
        if (
            finding.outcome in _WORTH_KEEPING
            or finding.left is not None
            or finding.rule_id in in_full
        ):
            kept.append(finding)
        else:
            plain.setdefault(finding.rule_id, set()).add(finding.outcome)
    seen = {finding.rule_id for finding in kept}
    others: dict[Outcome, list[str]] = {}
    for rule_id, outcomes in plain.items():
        if rule_id not in seen:
            outcome = Outcome.PASSED if Outcome.PASSED in outcomes else Outcome.NOT_APPLICABLE
            others.setdefault(outcome, []).append(rule_id)
    return RuleOutcomes(tuple(kept), {outcome: tuple(ids) for outcome, ids in others.items()})
