"""The sums of EN 16931: BR-CO-10 to BR-CO-17, judged on declared values, which stay as declared.

Each rule is two expressions over field paths (see `derivation`), so that anyone can recompute both sides. They follow
the texts of the official validation artefacts 1.3.16, and their XPath where the text leaves a choice:

- Right sides are rounded to two decimals, a half upwards, and must then be met exactly (tolerance 0).
- BR-CO-13 starts from BT-106, the declared sum of the lines; that it is their sum is BR-CO-10.
- BR-CO-17 compares sizes without sign, and lets them differ by less than 1. That is the UBL artefact; the CII artefact
  lets them differ by 1 as well, and where the two disagree the stricter one counts here.
- A rate that rounds to zero, or no rate, demands a VAT amount that rounds to zero.

One difference is meant. Where an amount that a rule needs is not declared, the artefacts report the sum as wrong; here
it is NOT_DECIDABLE, since nothing can be said of it, and the absence is the matter of other rules (BR-12 to BR-15,
BR-45 to BR-48). An optional total that is not declared counts as zero.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException

from en16931.derivation import DerivationError, Derived, derive
from en16931.exact import EXACT
from en16931.field_path import value_at
from en16931.finding import Finding, Outcome, Severity
from en16931.model import InvoiceContent, VatBreakdown

RULE_PACK = "cen-1.3.16"
_HALF = Decimal("0.5")
_INDEX = re.compile(r"\[[0-9]+\]")

_Unread = Mapping[
    str, list[str]
]  # the paths that were not read, under themselves and with `[*]` for each index


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


@dataclass(frozen=True, slots=True)
class SumRule:
    """A rule of the pack: its text, and its sides for each place of a document to which it applies.

    `total` is the field that makes a rule apply where nothing else does.
    """

    rule_id: str
    text: str
    sides: Callable[[InvoiceContent], tuple[Sides, ...]]
    total: str = ""


def check_sums(content: InvoiceContent, *, unread: Collection[str] = ()) -> tuple[Finding, ...]:
    """Returns what each of BR-CO-10 to BR-CO-17 says of the content, BR-CO-17 once for each VAT breakdown row.

    `unread` holds the paths of fields that are there but could not be read (`XmlReading.unreadable`): a rule that
    would use one of them is NOT_DECIDABLE. Sides, residual and tolerance are set where the outcome is PASSED or
    FAILED; `field_paths` then holds the declared values that went into them.
    """
    unread_by_path = _by_path(frozenset(unread))
    return tuple(
        finding for rule in SUM_RULES for finding in _findings(rule, content, unread_by_path)
    )


def _by_path(unread: Collection[str]) -> _Unread:
    found: dict[str, list[str]] = {}
    for path in unread:
        for name in {path, _INDEX.sub("[*]", path)}:
            found.setdefault(name, []).append(path)
    return found


def _findings(rule: SumRule, content: InvoiceContent, unread: _Unread) -> Iterator[Finding]:
    places = rule.sides(content)
    if not places and rule.total in unread:
        yield _finding(rule, Outcome.NOT_DECIDABLE, (rule.total,))
    elif not places:
        yield _finding(rule, Outcome.NOT_APPLICABLE, ())
    for sides in places:
        yield _judged(rule, sides, content, unread)


def _judged(rule: SumRule, sides: Sides, content: InvoiceContent, unread: _Unread) -> Finding:
    used = {*sides.needed, *sides.optional}
    unread_here = tuple(sorted({path for name in used for path in unread.get(name, ())}))
    try:
        missing = tuple(path for path in sides.needed if not _is_declared(path, content))
        if missing or unread_here:
            return _finding(rule, Outcome.NOT_DECIDABLE, (*missing, *unread_here))
        left, right = derive(sides.left, content), derive(sides.right, content)
        residual = EXACT.subtract(left.value, right.value)
        tolerance = sides.may_differ(residual)
    except (DerivationError, DecimalException):
        # Only content that was not read from a document can hold an amount that is no finite number.
        return _finding(rule, Outcome.NOT_DECIDABLE, sides.needed)
    outcome = Outcome.PASSED if residual.copy_abs() <= tolerance else Outcome.FAILED
    return _compared(rule, outcome, left, right, residual, tolerance, sides)


def _compared(
    rule: SumRule,
    outcome: Outcome,
    left: Derived,
    right: Derived,
    residual: Decimal,
    tolerance: Decimal,
    sides: Sides,
) -> Finding:
    single = tuple(path for path in sides.needed if "[*]" not in path)
    return Finding(
        rule_id=rule.rule_id,
        rule_pack=RULE_PACK,
        severity=Severity.ERROR,
        outcome=outcome,
        field_paths=tuple(dict.fromkeys((*left.field_paths, *right.field_paths, *single))),
        message=rule.text,
        left=left.value,
        right=right.value,
        residual=residual,
        tolerance=tolerance,
    )


def _finding(rule: SumRule, outcome: Outcome, field_paths: tuple[str, ...]) -> Finding:
    return Finding(
        rule_id=rule.rule_id,
        rule_pack=RULE_PACK,
        severity=Severity.ERROR,
        outcome=outcome,
        field_paths=field_paths,
        message=rule.text,
    )


def _is_declared(path: str, content: InvoiceContent) -> bool:
    if "[*]" in path:
        return bool(derive(f"sum({path})", content).field_paths)
    return value_at(content, path) is not None


def _line_sum(_: InvoiceContent) -> tuple[Sides, ...]:
    needed = ("totals.line_net_amount", "lines[*].net_amount")
    return (Sides(needed[0], f"round(sum({needed[1]}), 2)", needed),)


def _allowance_sum(content: InvoiceContent) -> tuple[Sides, ...]:
    total = "totals.allowance_amount"
    if not content.allowances and not _is_declared(total, content):
        return ()
    parts = "allowances[*].amount"
    return (Sides(total, f"round(sum({parts}), 2)", (total,), (parts,)),)


def _charge_sum(content: InvoiceContent) -> tuple[Sides, ...]:
    total = "totals.charge_amount"
    if not content.charges and not _is_declared(total, content):
        return ()
    parts = "charges[*].amount"
    return (Sides(total, f"round(sum({parts}), 2)", (total,), (parts,)),)


def _amount_without_vat(content: InvoiceContent) -> tuple[Sides, ...]:
    needed = ("totals.amount_without_vat", "totals.line_net_amount")
    terms = (("-", "totals.allowance_amount"), ("+", "totals.charge_amount"))
    return (_with_optional(needed, terms, content),)


def _vat_sum(content: InvoiceContent) -> tuple[Sides, ...]:
    if not content.vat_breakdown and not _is_declared("totals.vat_amount", content):
        return ()
    needed = ("totals.vat_amount", "vat_breakdown[*].tax_amount")
    return (Sides(needed[0], f"round(sum({needed[1]}), 2)", needed),)


def _amount_with_vat(content: InvoiceContent) -> tuple[Sides, ...]:
    needed = ("totals.amount_with_vat", "totals.amount_without_vat")
    totals = content.totals
    if totals is not None and _is_same(totals.amount_with_vat, totals.amount_without_vat):
        return (_with_optional(needed, (("+", "totals.vat_amount"),), content),)
    right = f"round({needed[1]} + totals.vat_amount, 2)"
    return (Sides(needed[0], right, (*needed, "totals.vat_amount")),)


def _is_same(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.is_finite() and other.is_finite() and one == other


def _amount_due(content: InvoiceContent) -> tuple[Sides, ...]:
    needed = ("totals.amount_due", "totals.amount_with_vat")
    terms = (("-", "totals.paid_amount"), ("+", "totals.rounding_amount"))
    return (_with_optional(needed, terms, content),)


def _with_optional(
    needed: tuple[str, str], terms: tuple[tuple[str, str], ...], content: InvoiceContent
) -> Sides:
    """The first needed field against the second with those of the signed terms that are declared."""
    declared = "".join(f" {sign} {path}" for sign, path in terms if _is_declared(path, content))
    optional = tuple(path for _, path in terms)
    return Sides(needed[0], f"round({needed[1]}{declared}, 2)", needed, optional)


def _vat_amounts(content: InvoiceContent) -> tuple[Sides, ...]:
    return tuple(
        _vat_amount(f"vat_breakdown[{index}]", row)
        for index, row in enumerate(content.vat_breakdown)
    )


def _vat_amount(path: str, row: VatBreakdown) -> Sides:
    tax, rate, taxable = f"{path}.tax_amount", f"{path}.rate", f"{path}.taxable_amount"
    if row.rate is not None and not (row.rate.is_finite() and -_HALF <= row.rate < _HALF):
        right = f"round(abs({taxable}) * {rate} / 100, 2)"
        return Sides(f"abs({tax})", right, (tax, taxable, rate), (), _less_than_one)
    # Without a rate, an amount other than zero is wrong only where there can be no rate: outside the scope of VAT.
    without_rate = row.rate is None and (row.category_code == "O" or not row.tax_amount)
    needed = (tax,) if without_rate else (tax, rate)
    return Sides(tax, "0", needed, (rate,), _rounds_to_zero)


def _less_than_one(residual: Decimal) -> Decimal:
    return EXACT.subtract(Decimal(1), _last_place(residual))


def _rounds_to_zero(residual: Decimal) -> Decimal:
    return _HALF if residual < 0 else EXACT.subtract(_HALF, _last_place(residual))


def _last_place(residual: Decimal) -> Decimal:
    """The step from which a residual of these digits cannot come nearer to a limit that it must stay below."""
    exponent = residual.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(min(exponent, -2))


SUM_RULES = (
    SumRule(
        "BR-CO-10",
        "Sum of Invoice line net amount (BT-106) = Σ Invoice line net amount (BT-131).",
        _line_sum,
    ),
    SumRule(
        "BR-CO-11",
        "Sum of allowances on document level (BT-107) = Σ Document level allowance amount (BT-92).",
        _allowance_sum,
        "totals.allowance_amount",
    ),
    SumRule(
        "BR-CO-12",
        "Sum of charges on document level (BT-108) = Σ Document level charge amount (BT-99).",
        _charge_sum,
        "totals.charge_amount",
    ),
    SumRule(
        "BR-CO-13",
        "Invoice total amount without VAT (BT-109) = Σ Invoice line net amount (BT-131) - Sum of allowances on "
        "document level (BT-107) + Sum of charges on document level (BT-108).",
        _amount_without_vat,
    ),
    SumRule(
        "BR-CO-14",
        "Invoice total VAT amount (BT-110) = Σ VAT category tax amount (BT-117).",
        _vat_sum,
        "totals.vat_amount",
    ),
    SumRule(
        "BR-CO-15",
        "Invoice total amount with VAT (BT-112) = Invoice total amount without VAT (BT-109) + Invoice total VAT "
        "amount (BT-110).",
        _amount_with_vat,
    ),
    SumRule(
        "BR-CO-16",
        "Amount due for payment (BT-115) = Invoice total amount with VAT (BT-112) - Paid amount (BT-113) + Rounding "
        "amount (BT-114).",
        _amount_due,
    ),
    SumRule(
        "BR-CO-17",
        "VAT category tax amount (BT-117) = VAT category taxable amount (BT-116) x (VAT category rate (BT-119) / "
        "100), rounded to two decimals.",
        _vat_amounts,
    ),
)
