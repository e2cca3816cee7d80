"""A rule of the standard on business terms: where it applies, and what must hold there.

`holds` looks at one occurrence of the group that the rule speaks of. It answers True or False; for a sum, an
`Equation`, which says more.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from en16931.exact import EXACT, largest_below
from en16931.finding import Finding, Outcome, Severity
from en16931.rules.rule import PackName, finding_of
from en16931.terms.model_path import term_pattern
from en16931.terms.stated_group import StatedGroup
from en16931.xml_reading import Syntax

INVOICE = ""
UBL = frozenset({Syntax.UBL_INVOICE, Syntax.UBL_CREDIT_NOTE, None})
CII = frozenset({Syntax.CII})
EVERY_SYNTAX = UBL | CII
E_INVOICES = EVERY_SYNTAX - {None}  # not content of other origin


@dataclass(frozen=True, slots=True)
class Equation:
    """Two amounts that must be the same but for the tolerance, which the difference may reach.

    `is_met` is the verdict where the artefact comes to it in another way, as with doubles.
    """

    left: Decimal
    right: Decimal
    tolerance: Decimal = Decimal(0)
    is_met: bool | None = None

    @property
    def residual(self) -> Decimal:
        return EXACT.subtract(self.left, self.right)

    def __bool__(self) -> bool:
        if self.is_met is not None:
            return self.is_met
        return self.residual.copy_abs() <= self.tolerance


Verdict = bool | Equation


def near(is_met: bool, left: Decimal, right: Decimal, tolerance: Decimal) -> Verdict:
    """Returns True where the two are near enough, else their sides; `tolerance` is the largest difference that is."""
    return is_met or Equation(left, right, tolerance, is_met=False)


def less_than_one_apart(is_met: bool, left: Decimal, right: Decimal) -> Verdict:
    """Returns the same of two that must differ by less than one unit of money."""
    return is_met or near(
        is_met, left, right, largest_below(Decimal(1), EXACT.subtract(left, right))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRule:
    """A `Rule` on stated terms. `at` is the group that it speaks of, below its parents: `BG-25/BG-27`.

    Where `where` names a term and a code, it speaks of those occurrences only that state the code.

    A rule that does not hold is NOT_DECIDABLE where a field of one of its terms could not be read. Of content that does not
    claim the standard, a page above all, it is FAILED only if the group has every one of `terms`, or, where the rule looks
    beyond its group, if `is_read` says that all was read which it looks at; else a value may have been missed, and it is
    NOT_DECIDABLE.
    """

    rule_id: str
    pack: PackName
    at: str
    terms: tuple[str, ...]
    text: str
    holds: Callable[[StatedGroup], Verdict]
    severity: Severity = Severity.ERROR
    syntaxes: frozenset[Syntax | None] = EVERY_SYNTAX
    where: tuple[str, str] | None = None
    is_read: Callable[[StatedGroup], bool] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The paths of its terms in the content model, `[*]` for any index; a group has none."""
        return tuple(path for term in self.terms if (path := term_pattern(term)))

    def check(self, invoice: StatedGroup) -> Iterator[Finding]:
        """Yields what the rule says: each place where it fails or cannot be decided, else once that it holds."""
        if invoice.syntax not in self.syntaxes:
            return
        judged = self._places(invoice)
        findings = [
            self._finding(group, verdict)
            for group in judged
            if (verdict := self.holds(group)) is not True
        ]
        if not findings:
            yield finding_of(self, Outcome.PASSED if judged else Outcome.NOT_APPLICABLE)
        yield from findings

    def broken(self, invoice: StatedGroup) -> Iterator[Finding]:
        """Yields a FAILED finding for each place that breaks the rule, and nothing else."""
        holds = self.holds
        for group in self._places(invoice):
            verdict = holds(group)
            if not verdict:
                finding = self._finding(group, verdict)
                if finding.outcome is Outcome.FAILED:
                    yield finding

    def _places(self, invoice: StatedGroup) -> Sequence[StatedGroup]:
        if self.where is None:
            return places(invoice, self.at)
        term, code = self.where
        return by_code(invoice, self.at, term).get(code, ())

    def _finding(self, group: StatedGroup, verdict: Verdict) -> Finding:
        outcome = self._outcome(group, verdict)
        # What is only summed stands in many places, of which none is to blame.
        stated = (group.term_path(term) for term in self.terms)
        paths = tuple(path for path in stated if path and "[*]" not in path)
        finding = finding_of(self, outcome, paths or tuple(filter(None, (group.field_path,))))
        if isinstance(verdict, Equation):
            return replace(
                finding,
                left=verdict.left,
                right=verdict.right,
                residual=verdict.residual,
                tolerance=verdict.tolerance,
            )
        return finding

    def _outcome(self, group: StatedGroup, verdict: Verdict) -> Outcome:
        if verdict:
            return Outcome.PASSED
        unread = group.unread
        if unread and any(term_pattern(term) in unread for term in self.terms):
            return Outcome.NOT_DECIDABLE
        return (
            Outcome.FAILED if group.is_complete or self._has_all(group) else Outcome.NOT_DECIDABLE
        )

    def _has_all(self, group: StatedGroup) -> bool:
        if self.is_read is not None:
            return self.is_read(group)
        return all(group.has(term) for term in self.terms)


def term_rule(
    pack: PackName,
    rule_id: str,
    at: str,
    terms: str,
    text: str,
    holds: Callable[[StatedGroup], Verdict],
    *,
    severity: Severity = Severity.ERROR,
    syntaxes: frozenset[Syntax | None] = EVERY_SYNTAX,
    where: tuple[str, str] | None = None,
    is_read: Callable[[StatedGroup], bool] | None = None,
) -> TermRule:
    """Returns a rule of the pack; `terms` are separated by spaces. The rest is as `TermRule` has it."""
    return TermRule(
        rule_id=rule_id,
        pack=pack,
        at=at,
        terms=tuple(terms.split()),
        text=text,
        holds=holds,
        severity=severity,
        syntaxes=syntaxes,
        where=where,
        is_read=is_read,
    )


def places(invoice: StatedGroup, at: str) -> Sequence[StatedGroup]:
    """Returns every occurrence of the group that the path names, `BG-25/BG-27`; the invoice for an empty path."""
    if not at:
        return (invoice,)
    known: Sequence[StatedGroup] | None = invoice.memo.get(at)
    if known is None:
        above, _, name = at.rpartition("/")
        known = [part for group in places(invoice, above) for part in group.groups(name)]
        invoice.memo[at] = known
    return known


def by_code(invoice: StatedGroup, at: str, term: str) -> Mapping[str, Sequence[StatedGroup]]:
    """Returns the occurrences of the group by the codes of the term that they state, worked out once."""
    name = f"{at} by {term}"
    known: dict[str, list[StatedGroup]] | None = invoice.memo.get(name)
    if known is None:
        known = {}
        for group in places(invoice, at):
            for stated in {*group.codes(term)}:
                known.setdefault(stated, []).append(group)
        invoice.memo[name] = known
    return known
