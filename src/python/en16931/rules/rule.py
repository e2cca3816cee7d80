"""What a rule is, whatever it looks at, and a pack of rules that is published under one version."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from en16931.finding import Finding, Outcome, Severity

Subject = TypeVar("Subject", contravariant=True)


@dataclass(frozen=True, slots=True)
class PackName:
    """As text, what findings name the pack by: "cen-1.3.16"."""

    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.name}-{self.version}"


class Rule(Protocol[Subject]):
    """One demand: on what an invoice declares, or on the document that it was read from."""

    @property
    def rule_id(self) -> str:
        """The stable name: "BR-CO-15"."""
        ...

    @property
    def pack(self) -> PackName: ...

    @property
    def severity(self) -> Severity: ...

    @property
    def text(self) -> str:
        """What the rule demands, without any content of a document."""
        ...

    @property
    def fields(self) -> tuple[str, ...]:
        """The paths of the fields that it looks at, `[*]` for any index; none where it looks at no field."""
        ...

    def check(self, subject: Subject) -> Iterable[Finding]:
        """Yields what the rule says of each place to which it applies. It raises nothing, whatever the subject holds."""
        ...


@dataclass(frozen=True, slots=True)
class RulePack(Generic[Subject]):
    """Rules of one pack that look at the same kind of subject."""

    name: PackName
    rules: tuple[Rule[Subject], ...]

    @property
    def rule_ids(self) -> frozenset[str]:
        return frozenset(rule.rule_id for rule in self.rules)

    def check(self, subject: Subject) -> tuple[Finding, ...]:
        """Returns what every rule says of the subject, in the order of the pack."""
        return tuple(self._findings(subject))

    def _findings(self, subject: Subject) -> Iterator[Finding]:
        for rule in self.rules:
            yield from rule.check(subject)


def finding_of(rule: Rule[Subject], outcome: Outcome, field_paths: tuple[str, ...] = ()) -> Finding:
    """Returns what the rule said of the fields, without sides."""
    return Finding(
        rule_id=rule.rule_id,
        rule_pack=str(rule.pack),
        severity=rule.severity,
        outcome=outcome,
        field_paths=field_paths,
        message=rule.text,
    )
