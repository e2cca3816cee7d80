"""A rule on elements of one syntax, wherever they stand: found in one walk over the tree for all such rules.

These are the rules that only make sense on XML, or that the artefacts write for every element of a name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from en16931.finding import Finding, Outcome, Severity
from en16931.hardened_xml import XmlElement
from en16931.rules.rule import PackName, finding_of

# Of an element and of the one that it stands in.
Holds = Callable[[XmlElement, XmlElement], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRule:
    """`names` are the elements that it looks at, as the tree names them."""

    rule_id: str
    pack: PackName
    text: str
    names: tuple[str, ...]
    holds: Holds
    severity: Severity = Severity.ERROR

    @property
    def fields(self) -> tuple[str, ...]:
        return ()


ElementRules = Mapping[str, tuple[ElementRule, ...]]


def by_name(rules: Iterable[ElementRule]) -> ElementRules:
    """Returns the rules by the names of the elements that they look at."""
    found: dict[str, list[ElementRule]] = {}
    for rule in rules:
        for name in rule.names:
            found.setdefault(name, []).append(rule)
    return {name: tuple(of_name) for name, of_name in found.items()}


def broken_by(root: XmlElement, rules: ElementRules) -> Iterator[Finding]:
    """Yields a FAILED finding for each element that breaks a rule, in the order of the walk."""
    above = [(root, root)]
    while above:
        element, parent = above.pop()
        for rule in rules.get(element.name, ()):
            if not rule.holds(element, parent):
                yield finding_of(rule, Outcome.FAILED)
        for siblings in element.children.values():
            above.extend((child, element) for child in siblings)
