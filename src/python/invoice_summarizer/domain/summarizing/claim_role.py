"""What a claim speaks of: which business term or part of a finding, and of which member."""

import re
from dataclasses import dataclass

from en16931.finding import Finding, Outcome
from invoice_reading.annotation import Derivation
from invoice_summarizer.domain.summarizing.binding import counted_path
from invoice_summarizer.domain.summarizing.claim_check import Known, figure_of, is_derived
from invoice_summarizer.domain.summarizing.finding_binding import FindingPart
from invoice_summarizer.domain.summarizing.holes import role_of_path
from invoice_summarizer.domain.summary import Claim

DERIVED = "derived."
_MEMBER = re.compile(r"[^\[]*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Role:
    """`name` is what a hole of a phrase table stands for, `member` what all claims of a sentence must have in common.

    The member of `lines[3].net_amount` is `lines[3]`; a field of the invoice itself has none. The role of a derived
    figure is `derived.` and the value of its Figure: `derived.amount_due`.
    """

    name: str
    member: str = ""


def claim_role(claim: Claim, known: Known) -> Role | None:
    """Returns the role of a claim; None where no sentence has a place for it.

    Whether the claim bears its text is the business of `claim_check`.
    """
    if claim.finding_rule_ids:
        return _finding_role(claim, known)
    if not claim.field_paths:
        return None
    figure = figure_of(claim, known)
    if figure is not None:
        return Role(f"{DERIVED}{figure.slot.figure}", figure.slot.member)
    if is_derived(claim, known.annotations):
        return _count_role(claim)
    path = claim.field_paths[0]
    member = _MEMBER.match(path)
    return Role(role_of_path(path), member[0] if member else "")


def _count_role(claim: Claim) -> Role | None:
    """Returns the role of a count of members; other expressions are said by no sentence."""
    for evidence in claim.evidence:
        counted = counted_path(evidence.expression) if isinstance(evidence, Derivation) else None
        if counted is not None:
            return Role(role_of_path(counted))
    return None


def _finding_role(claim: Claim, known: Known) -> Role | None:
    failed = [
        finding
        for finding in known.findings
        if (finding.rule_id,) == claim.finding_rule_ids
        and finding.field_paths == claim.field_paths
        and finding.outcome is Outcome.FAILED
    ]
    member = f"{claim.finding_rule_ids} {claim.field_paths}"
    parts = (part for finding in failed if (part := _part(finding, claim, known)) is not None)
    return next((Role(f"finding.{part}", member) for part in parts), None)


def _part(finding: Finding, claim: Claim, known: Known) -> FindingPart | None:
    if not claim.evidence:
        return FindingPart.RULE
    sides = known.sides.of(finding).items()
    return next((part for part, side in sides if claim.evidence == (side,)), None)
