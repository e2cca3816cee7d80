"""A pack of rules on e-invoices, published under one version: on their terms in any syntax, and on the elements of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from en16931.finding import Finding
from en16931.rules.element_rule import AttributeRule, ElementRule, TreeRules
from en16931.rules.rule import PackName
from en16931.rules.term_rule import TermRule
from en16931.terms.xml_group import XmlGroup
from en16931.xml_reading import Syntax

_NO_RULES = TreeRules(())


@dataclass(frozen=True, slots=True)
class EInvoicePack:
    """`terms` look at business terms; `trees` at elements, by the syntax of the invoice. `origin` is where it is published."""

    name: PackName
    origin: str
    terms: tuple[TermRule, ...]
    trees: Mapping[Syntax, TreeRules]

    @property
    def rule_ids(self) -> frozenset[str]:
        """What the pack claims to know, in any syntax."""
        of_trees = (rule_id for tree in self.trees.values() for rule_id in tree.rule_ids)
        return frozenset({rule.rule_id for rule in self.terms}.union(of_trees))

    def without(self, rule_ids: frozenset[str]) -> "EInvoicePack":
        """Returns the pack without these rules."""
        return EInvoicePack(
            self.name,
            self.origin,
            tuple(rule for rule in self.terms if rule.rule_id not in rule_ids),
            {syntax: tree.without(rule_ids) for syntax, tree in self.trees.items()},
        )

    def rules(self, syntax: Syntax) -> Iterator[TermRule | ElementRule | AttributeRule]:
        """Yields every rule that speaks of the syntax; several may have one id."""
        yield from (rule for rule in self.terms if syntax in rule.syntaxes)
        tree = self.trees.get(syntax, _NO_RULES)
        yield from tree.elements
        yield from tree.attributes

    def broken(self, invoice: XmlGroup) -> Iterator[Finding]:
        """Yields a FAILED finding for each place that breaks a rule."""
        assert invoice.syntax is not None
        for rule in self.terms:
            if invoice.syntax in rule.syntaxes:
                yield from rule.broken(invoice)
        yield from self.trees.get(invoice.syntax, _NO_RULES).broken(invoice.index)
