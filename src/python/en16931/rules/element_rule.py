"""Rules on elements and attributes of one syntax, wherever they stand: all are judged in one walk over the tree.

These are the rules that only make sense on XML, or that the artefacts write for every element of a name.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from en16931.finding import Finding, Outcome, Severity
from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.namespaces import PREFIXES
from en16931.rules.rule import PackName

# Of an element and of the one that it stands in.
Holds = Callable[[XmlElement, XmlElement], bool]

_ANY = "*"

# From the root down: the name of each element, and which of its siblings of that name it is; 0 of the only one.
_Steps = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRule:
    """`names` are the elements that it looks at, as the tree names them, or by their ends: `*Amount`.

    What stands anywhere below one of `outside` is left out.
    """

    rule_id: str
    pack: PackName
    text: str
    names: tuple[str, ...]
    holds: Holds
    severity: Severity = Severity.ERROR
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeRule:
    """The attribute stands nowhere, but on the elements of `but_of`. It is broken once in a document."""

    rule_id: str
    pack: PackName
    text: str
    attribute: str
    severity: Severity = Severity.WARNING
    but_of: tuple[str, ...] = ()


class TreeRules:
    """Rules of one syntax, found by the names of what they look at."""

    def __init__(
        self, elements: Iterable[ElementRule], attributes: Iterable[AttributeRule] = ()
    ) -> None:
        self.elements = tuple(elements)
        self.attributes = tuple(attributes)
        self._by_name: dict[str, list[ElementRule]] = {}
        self._by_end: list[tuple[str, ElementRule]] = []
        for rule in self.elements:
            for name in rule.names:
                if name.startswith(_ANY):
                    self._by_end.append((name.removeprefix(_ANY), rule))
                else:
                    self._by_name.setdefault(name, []).append(rule)
        self._by_attribute = {rule.attribute: rule for rule in self.attributes}
        self._outside = {name for rule in self.elements for name in rule.outside}

    @property
    def rule_ids(self) -> frozenset[str]:
        return frozenset(
            {rule.rule_id for rule in self.elements} | {rule.rule_id for rule in self.attributes}
        )

    def without(self, rule_ids: frozenset[str]) -> "TreeRules":
        """Returns the rules but these."""
        return TreeRules(
            (rule for rule in self.elements if rule.rule_id not in rule_ids),
            (rule for rule in self.attributes if rule.rule_id not in rule_ids),
        )

    def broken(self, root: XmlElement) -> Iterator[Finding]:
        """Yields a FAILED finding for each element that breaks a rule, and for each attribute that stands somewhere."""
        known: dict[str, tuple[ElementRule, ...]] = {}
        attributes: dict[str, AttributeRule] = {}
        top = XmlElement("", {}, 0, "", {root.name: [root]})
        waiting: list[tuple[XmlElement, frozenset[str], _Steps]] = [(top, frozenset(), ())]
        while waiting:
            parent, within, above = waiting.pop()
            for name, siblings in parent.children.items():
                rules = known.get(name)
                if rules is None:
                    rules = known[name] = self._of(name)
                below = within | {name} if name in self._outside else within
                for number, element in enumerate(siblings, start=1):
                    at = number if len(siblings) > 1 else 0
                    for rule in rules:
                        if not rule.holds(element, parent) and within.isdisjoint(rule.outside):
                            yield _broken(rule, _xpath((*above, (name, at))), element.line)
                    if element.attributes:
                        attributes.update(self._attributes_of(element))
                    if element.children:
                        waiting.append((element, below, (*above, (name, at))))
        for attribute in attributes.values():
            yield _broken(attribute)

    def _of(self, name: str) -> tuple[ElementRule, ...]:
        local = name.rpartition(NAME_SEPARATOR)[2]
        by_end = (rule for end, rule in self._by_end if local.endswith(end))
        return (*self._by_name.get(name, ()), *by_end)

    def _attributes_of(self, element: XmlElement) -> Iterator[tuple[str, AttributeRule]]:
        if self._by_attribute.keys().isdisjoint(element.attributes):
            return
        for attribute in element.attributes:
            rule = self._by_attribute.get(attribute)
            if rule is not None and element.name not in rule.but_of:
                yield attribute, rule


def _broken(
    rule: ElementRule | AttributeRule, xpath: str | None = None, line: int | None = None
) -> Finding:
    return Finding(
        rule_id=rule.rule_id,
        rule_pack=str(rule.pack),
        severity=rule.severity,
        outcome=Outcome.FAILED,
        field_paths=(),
        message=rule.text,
        xpath=xpath,
        line=line,
    )


def _xpath(steps: _Steps) -> str:
    return "".join(
        f"/{_prefixed(name)}[{number}]" if number else f"/{_prefixed(name)}"
        for name, number in steps
    )


def _prefixed(name: str) -> str:
    uri, _, local = name.rpartition(NAME_SEPARATOR)
    prefix = PREFIXES.get(uri)
    return f"{prefix}:{local}" if prefix is not None else local
