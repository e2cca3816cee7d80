"""What a correction did to the checks."""

from collections.abc import Iterable
from dataclasses import dataclass

from en16931.finding import Outcome
from invoice_reading.reading import Reading

# Of what a rule says of several places, the first of these counts.
_MOST_TELLING = (Outcome.FAILED, Outcome.NOT_DECIDABLE, Outcome.PASSED, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckChange:
    """What a rule says of the invoice, before and after."""

    rule_id: str
    before: Outcome
    after: Outcome


def check_changes(before: Reading, after: Reading) -> tuple[CheckChange, ...]:
    """Returns the rules that say something else of the second reading than of the first, in the order of their ids."""
    old, new = _outcomes(before), _outcomes(after)
    changes = (
        CheckChange(
            rule_id=rule_id,
            before=old.get(rule_id, Outcome.NOT_APPLICABLE),
            after=new.get(rule_id, Outcome.NOT_APPLICABLE),
        )
        for rule_id in sorted({*old, *new})
    )
    return tuple(change for change in changes if change.before is not change.after)


def _outcomes(reading: Reading) -> dict[str, Outcome]:
    said: dict[str, set[Outcome]] = {}
    for outcome, rule_ids in reading.other_rules.items():
        for rule_id in rule_ids:
            said.setdefault(rule_id, set()).add(outcome)
    for finding in reading.findings:
        said.setdefault(finding.rule_id, set()).add(finding.outcome)
    return {rule_id: _most_telling(outcomes) for rule_id, outcomes in said.items()}


def _most_telling(outcomes: Iterable[Outcome]) -> Outcome:
    return min(outcomes, key=_MOST_TELLING.index)
