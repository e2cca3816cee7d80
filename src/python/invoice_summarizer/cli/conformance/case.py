"""A document with the official verdict on it, and how ours agrees."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Case:
    """`breaks` are rules that the document breaks, each with how often, or 0 for any number; `holds` those that it keeps.

    Where `is_whole`, it breaks no other rule. `packs` are the names of the packs to judge it by.
    """

    name: str
    document: bytes
    breaks: Mapping[str, int]
    holds: frozenset[str] = frozenset()
    is_whole: bool = False
    packs: frozenset[str] = frozenset({"cen"})

    def disagreements(self, broken: Counter[str], claimed: Collection[str]) -> Iterator[str]:
        """Yields the rules, of those that we claim to know, of which our verdict is another one."""
        for rule_id, times in self.breaks.items():
            if rule_id in claimed and (not broken[rule_id] or times not in (0, broken[rule_id])):
                yield rule_id
        for rule_id in broken:
            wrongly = rule_id in self.holds or (self.is_whole and rule_id not in self.breaks)
            if wrongly and rule_id in claimed:
                yield rule_id

    def rules(self, broken: Collection[str]) -> frozenset[str]:
        """Returns the rules of which something is said: by the official verdict, or by ours alone."""
        said = {*self.breaks, *self.holds}
        return frozenset(said.union(broken) if self.is_whole else said)


@dataclass(slots=True)
class Tally:
    """How many cases agree, and for each rule in how many something is said of it and in how many the verdicts agree."""

    cases: int = 0
    agreed: int = 0
    said: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    unclaimed: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def add(self, case: Case, broken: Counter[str], claimed: Collection[str]) -> None:
        rules = case.rules(broken)
        known = rules.intersection(claimed)
        self.unclaimed.update(rules - known)
        if rules and not known and not case.is_whole:
            return
        self.cases += 1
        self.said.update(known)
        disagreements = tuple(case.disagreements(broken, claimed))
        self.agreed += not disagreements
        for rule_id in disagreements:
            self.wrong[rule_id] += 1
            self.examples.setdefault(rule_id, case.name)
