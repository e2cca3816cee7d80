"""What a summary may say of a finding: the rule that it comes from and, of a sum, its two sides and their difference.

A side is bound by the rule's own expression, evaluated again on the content, and by where the fields stand that the
expression names. Where that does not give what the finding says, and for rules that have no expressions, the figures
are left unsaid.
"""

from collections.abc import Mapping
from enum import StrEnum

from en16931.derivation import DerivationError, derive, named_paths
from en16931.finding import Finding
from en16931.model import InvoiceContent
from en16931.rules.sum_rule import Sides as RuleSides
from en16931.rules.sums import SUM_RULES
from invoice_reading.annotation import Derivation, Evidence
from invoice_summarizer.domain.summarizing.binding import (
    Annotations,
    Binding,
    companion,
    is_bound,
)
from invoice_summarizer.domain.summarizing.printable import printable
from invoice_summarizer.domain.summarizing.rendering import rendering

_ACCOUNTING_CURRENCY = "in_accounting_currency"


class FindingPart(StrEnum):
    RULE = "rule"
    LEFT = "left"
    RIGHT = "right"
    RESIDUAL = "residual"  # left less right, with its sign
    EXCESS = "excess"  # left less right, where left is more
    SHORTFALL = "shortfall"  # right less left, where left is less


_DECLARED = (FindingPart.LEFT, FindingPart.RIGHT, FindingPart.RESIDUAL)

Sides = Mapping[FindingPart, Derivation]


class FindingSides:
    """The derivations of the findings of one content; each finding is derived once."""

    def __init__(self, content: InvoiceContent) -> None:
        self._content = content
        # The finding is kept beside its sides, so that no other can come to have its id.
        self._known: dict[int, tuple[Finding, Sides]] = {}

    def of(self, finding: Finding) -> Sides:
        """Returns both sides, residual, and excess or shortfall; nothing where they cannot be derived again."""
        if id(finding) not in self._known:
            self._known[id(finding)] = (finding, _derived(finding, self._content))
        return self._known[id(finding)][1]


def finding_binding(
    finding: Finding,
    part: FindingPart,
    sides: Sides,
    content: InvoiceContent,
    annotations: Annotations,
    locale: str,
) -> Binding | None:
    """Returns how the part is said; None where the finding has no such part or it cannot be shown."""
    if part is FindingPart.RULE:
        rule = printable(finding.rule_id)
        return Binding(rule, finding.field_paths, ()) if rule else None
    derivation = sides.get(part)
    if derivation is None:
        return None
    currency = finding_currency(finding, content, annotations)
    text = rendering(derivation.value, "amount", locale, currency)
    evidence = side_evidence(derivation, annotations)
    return Binding(text, finding.field_paths, evidence) if text else None


def side_evidence(derivation: Derivation, annotations: Annotations) -> tuple[Evidence, ...]:
    """Returns the derivation, then where the fields stand that it names; not the many fields that a sum adds up."""
    named = (path for path in named_paths(derivation.expression) if is_bound(annotations, path))
    return (derivation, *(each for path in named for each in annotations[path].evidence))


def _derived(finding: Finding, content: InvoiceContent) -> Sides:
    """Returns the sides of the rule at the finding's place, if they still give what the finding says."""
    if finding.left is None or finding.right is None:
        return {}
    said = (finding.left, finding.right, finding.residual)
    try:
        for rule in SUM_RULES:
            for sides in rule.sides(content) if rule.rule_id == finding.rule_id else ():
                parts, used = _parts(sides, content)
                values = (parts[part].value for part in _DECLARED)
                if tuple(values) == said and used <= set(finding.field_paths):
                    return parts
    except (DerivationError, ArithmeticError):  # amounts that are no numbers
        return {}
    return {}


def _parts(sides: RuleSides, content: InvoiceContent) -> tuple[Sides, set[str]]:
    """Returns each part that there is, and the fields that went into them."""
    residual = f"{sides.left} - {sides.right}"
    expressions = {
        FindingPart.LEFT: sides.left,
        FindingPart.RIGHT: sides.right,
        FindingPart.RESIDUAL: residual,
    }
    difference = derive(residual, content).value
    if difference > 0:
        expressions[FindingPart.EXCESS] = f"abs({residual})"
    elif difference < 0:
        expressions[FindingPart.SHORTFALL] = f"abs({residual})"
    derived = {part: derive(expression, content) for part, expression in expressions.items()}
    parts = {
        part: Derivation(expression=expressions[part], value=of_part.value)
        for part, of_part in derived.items()
    }
    return parts, {path for of_part in derived.values() for path in of_part.field_paths}


def finding_currency(
    finding: Finding, content: InvoiceContent, annotations: Annotations
) -> str | None:
    """Returns the code of the currency of the finding's fields, where it is bound."""
    accounting = [path for path in finding.field_paths if path.endswith(_ACCOUNTING_CURRENCY)]
    beside = companion(content, annotations, accounting[0] if accounting else "amount")
    return beside[1] if beside else None
