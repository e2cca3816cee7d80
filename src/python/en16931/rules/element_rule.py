"""Rules on elements and attributes of one syntax, wherever they stand: all are judged by the index of the document.

These are the rules that only make sense on XML, or that the artefacts write for every element of a name.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from en16931.finding import Finding, Outcome, Severity
from en16931.hardened_xml import NAME_SEPARATOR, XmlElement
from en16931.rules.rule import PackName
from en16931.terms.element_index import ElementIndex, Named

# Of an element and of the one that it stands in.
Holds = Callable[[XmlElement, XmlElement], bool]

_ANY = "*"


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
    """The attribute stands on no element of `of`, named as in an `ElementRule`, but on those of `but_of`.

    Of elements of these names, only those are meant of which `where` holds. It is broken once in a document.
    """

    rule_id: str
    pack: PackName
    text: str
    attribute: str
    severity: Severity = Severity.WARNING
    of: tuple[str, ...] = (_ANY,)
    but_of: tuple[str, ...] = ()
    where: Holds | None = None

    def is_of(self, name: str) -> bool:
        if name in self.but_of:
            return False
        local = name.rpartition(NAME_SEPARATOR)[2]
        return any(
            local.endswith(known.removeprefix(_ANY)) if known.startswith(_ANY) else name == known
            for known in self.of
        )


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
        self._by_attribute: dict[str, list[AttributeRule]] = {}
        for attribute in self.attributes:
            self._by_attribute.setdefault(attribute.attribute, []).append(attribute)

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

    def broken(self, index: ElementIndex) -> Iterator[Finding]:
        """Yields a FAILED finding for each element that breaks a rule, and for each attribute that stands somewhere."""
        attributes: dict[str, AttributeRule] = {}  # by rule
        for name, named in index.by_name.items():
            for rule in self._of(name):
                holds = rule.holds
                for element, parent in zip(named.elements, named.parents, strict=True):
                    if holds(element, parent):
                        continue
                    if not (rule.outside and index.is_within(element, rule.outside)):
                        yield _broken(rule, index.xpath_of(element), element.line)
            if self._by_attribute:
                attributes.update(self._attributes_of(name, named))
        for attribute in attributes.values():
            yield _broken(attribute)

    def _of(self, name: str) -> Sequence[ElementRule]:
        if not self._by_end:
            return self._by_name.get(name, ())
        local = name.rpartition(NAME_SEPARATOR)[2]
        by_end = (rule for end, rule in self._by_end if local.endswith(end))
        return (*self._by_name.get(name, ()), *by_end)

    def _attributes_of(self, name: str, named: Named) -> Iterator[tuple[str, AttributeRule]]:
        stand = set[str]().union(*[each.attributes for each in named.elements if each.attributes])
        for attribute in stand & self._by_attribute.keys():
            for rule in self._by_attribute[attribute]:
                if rule.is_of(name) and (rule.where is None or _has(attribute, named, rule.where)):
                    yield rule.rule_id, rule


def _has(attribute: str, named: Named, where: Holds) -> bool:
    return any(
        attribute in element.attributes and where(element, parent)
        for element, parent in zip(named.elements, named.parents, strict=True)
    )


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
