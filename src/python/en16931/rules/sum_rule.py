"""A rule that is a sum: two expressions over field paths that must give the same, so that anyone can recompute both.

Declared values stay as declared. Where an amount that a rule needs is not declared, the official artefacts report the
sum as wrong; here it is NOT_DECIDABLE, since nothing can be said of it, and the absence is the matter of other rules
(BR-12 to BR-15, BR-45 to BR-48). An optional total that is not declared counts as zero.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, DecimalException

from en16931.derivation import DerivationError, derive
from en16931.exact import EXACT
from en16931.field_path import value_at
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent
from en16931.rules.declared import Declared
from en16931.rules.rule import PackName, finding_of


@dataclass(frozen=True, slots=True)
class Sides:
    """What must be equal in one place of a document.

    Nothing can be said where a field of `needed` is not declared (of a path with `[*]`: where none is); a field of
    `optional` counts as zero then. `may_differ` gives the largest residual that passes, for the residual at hand.
    """

    left: str
    right: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    may_differ: Callable[[Decimal], Decimal] = lambda _: Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumRule:
    """A `Rule` on declared content. Sides, residual and tolerance are set where the outcome is PASSED or FAILED.

    `sides` gives what must be equal for each place of a document to which the rule applies; `total` is the field that
    makes it apply where nothing else does.
    """

    rule_id: str
    pack: PackName
    text: str
    fields: tuple[str, ...]
    sides: Callable[[InvoiceContent], tuple[Sides, ...]]
    total: str = ""
    severity: Severity = Severity.ERROR

    def check(self, declared: Declared) -> Iterator[Finding]:
        places = self.sides(declared.content)
        if not places and declared.is_unread(self.total):
            yield finding_of(self, Outcome.NOT_DECIDABLE, (self.total,))
        elif not places:
            yield finding_of(self, Outcome.NOT_APPLICABLE)
        for sides in places:
            yield self._compared(sides, declared)

    def _compared(self, sides: Sides, declared: Declared) -> Finding:
        content = declared.content
        unread = declared.unread_of((*sides.needed, *sides.optional))
        try:
            missing = tuple(path for path in sides.needed if not is_declared(path, content))
            if missing or unread:
                return finding_of(self, Outcome.NOT_DECIDABLE, (*missing, *unread))
            left, right = derive(sides.left, content), derive(sides.right, content)
            residual = EXACT.subtract(left.value, right.value)
            tolerance = sides.may_differ(residual)
        except (DerivationError, DecimalException):
            # Only content that was not read from a document can hold an amount that is no finite number.
            return finding_of(self, Outcome.NOT_DECIDABLE, sides.needed)
        outcome = Outcome.PASSED if residual.copy_abs() <= tolerance else Outcome.FAILED
        single = (path for path in sides.needed if "[*]" not in path)
        paths = tuple(dict.fromkeys((*left.field_paths, *right.field_paths, *single)))
        return replace(
            finding_of(self, outcome, paths),
            left=left.value,
            right=right.value,
            residual=residual,
            tolerance=tolerance,
        )


def is_declared(path: str, content: InvoiceContent) -> bool:
    """Returns whether the field has a value; of a path with `[*]`, whether it has one for some index."""
    repeated, _, member = path.partition("[*].")
    if not member:
        return value_at(content, path) is not None
    members = value_at(content, repeated)
    return isinstance(members, tuple) and any(getattr(each, member) is not None for each in members)
