"""The totals of a document: printed candidates, and arithmetic that decides between them.

A total counts only where the sums close (EN 16931 BR-CO-15: with VAT = without VAT + VAT). What does not close is a
conflict, which is for a person: no candidate is preferred for its place on the page alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from en16931.exact import EXACT, exact_sum
from invoice_reading.extract.amount_captions import (
    AmountGroup,
    AmountKind,
    headed_amounts,
    is_whole_amount,
)
from invoice_reading.extract.cash_payment import paid_in_cash
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark, NumberText
from invoice_reading.extract.vat_rows import VatRow, proven_vat_rows

_MAX_CANDIDATES = 40  # of one kind; keeps the search over pairs small on hostile pages
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class AmountCandidate:
    kind: AmountKind
    value: Decimal
    number: NumberText
    weight: float


@dataclass(frozen=True, slots=True)
class Totals:
    """What was chosen, by kind; `proven` are those that a closing sum proves, `conflicts` those that sums refuse."""

    chosen: Mapping[AmountKind, AmountCandidate]
    candidates: Mapping[AmountKind, Sequence[AmountCandidate]]
    proven: frozenset[AmountKind]
    conflicts: frozenset[AmountKind]
    vat_rows: tuple[VatRow, ...]


@dataclass(slots=True)
class _Choice:
    net: AmountCandidate | None
    tax: AmountCandidate | None
    total: AmountCandidate
    score: float
    part: AmountKind = (
        AmountKind.NET
    )  # what the first summand is: the net amount, or the sum of lines before charges


@dataclass(slots=True)
class _Pool:
    by_kind: dict[AmountKind, list[AmountCandidate]] = field(default_factory=dict)

    def add(
        self, kind: AmountKind, number: NumberText, weight: float, mark: DecimalMark | None
    ) -> None:
        value = number.value(mark)
        if value is not None:
            self.by_kind.setdefault(kind, []).append(AmountCandidate(kind, value, number, weight))

    def best(self, *kinds: AmountKind) -> list[AmountCandidate]:
        """Returns the candidates of the kinds, heaviest first, one for each value."""
        values: dict[Decimal, AmountCandidate] = {}
        for candidate in sorted(
            (candidate for kind in kinds for candidate in self.by_kind.get(kind, ())),
            key=lambda candidate: -candidate.weight,
        ):
            values.setdefault(candidate.value, candidate)
        return list(values.values())[:_MAX_CANDIDATES]


def totals(
    all_rows: Sequence[MarkedRow],
    groups: Mapping[int, Sequence[AmountGroup]],
    line_rows: frozenset[int],
    line_sum: Decimal | None,
    mark: DecimalMark | None,
) -> Totals:
    """Returns the totals that the sums support; see `Totals`."""
    pool = _pool(all_rows, groups, line_rows, mark)
    vat_rows = proven_vat_rows(groups, line_rows, mark)
    if len(vat_rows) == 1:
        pool.add(AmountKind.TAX, vat_rows[0].tax, 0.6, mark)
    nets = pool.best(AmountKind.NET, AmountKind.LINES)
    taxes = pool.best(AmountKind.TAX)
    wholes = pool.best(AmountKind.TOTAL, AmountKind.DUE)
    candidates = {kind: pool.best(kind) for kind in AmountKind}
    choice = _closing(nets, taxes, wholes, vat_rows, line_sum)
    if choice is None and not candidates[AmountKind.NET]:
        # "Total", "Tax", "Grand total": the first total is without tax where it closes so.
        choice = _closing(candidates[AmountKind.TOTAL], taxes, wholes, (), line_sum)
    if choice is None:
        choice = _closing_with_charges(candidates, taxes, wholes)
    if choice is not None:
        chosen = _chosen(choice)
        conflicts = _unsupported_tax(choice, candidates)
        proven = set(chosen)
    else:
        chosen, conflicts = _unproven(candidates)
        conflicts |= _below_lines(chosen, candidates, line_sum)
        conflicts -= _add_paid_in_cash(chosen, candidates, paid_in_cash(all_rows, mark))
        proven = set()
    proven |= _add_payment(chosen, candidates)
    kept = _consistent(vat_rows, chosen)
    return Totals(chosen, candidates, frozenset(proven), conflicts, kept)


def _pool(
    all_rows: Sequence[MarkedRow],
    groups: Mapping[int, Sequence[AmountGroup]],
    line_rows: frozenset[int],
    mark: DecimalMark | None,
) -> _Pool:
    pool = _Pool()
    for row in all_rows:
        if row.index in line_rows:
            continue
        for group in groups.get(row.index, ()):
            amounts = [number for number in group.amounts if number.is_money] or _whole_amounts(
                group
            )
            if group.kind is None or not amounts:
                continue
            weight = (1.0 if group.strong else 0.8) - (
                0.3 if group.rates or len(amounts) > 1 else 0.0
            )
            pool.add(group.kind, amounts[-1], weight * _preference(group.kind), mark)
        for kind, strong, number in headed_amounts(all_rows, row):
            if number.row is not row.row and not _in_lines(all_rows, row, number, line_rows):
                pool.add(kind, number, (0.6 if strong else 0.4) * _preference(kind), mark)
    return pool


def _preference(kind: AmountKind) -> float:
    """Subtotals stand in for the net amount, and amounts due for the total, only where nothing better closes."""
    return 0.6 if kind in (AmountKind.LINES, AmountKind.DUE) else 1.0


def _whole_amounts(group: AmountGroup) -> list[NumberText]:
    """Returns the amount without decimals behind a plain caption of a sum: "Grand total 1939".

    "Net 30" is a term of payment, so that net amounts have decimals or a currency.
    """
    if group.kind not in (AmountKind.TOTAL, AmountKind.DUE) or not group.strong:
        return []
    whole = [number for number in group.amounts if number.decimals == 0]
    return [number for number in whole[-1:] if is_whole_amount(number, group.row)]


def _in_lines(
    all_rows: Sequence[MarkedRow], header: MarkedRow, number: NumberText, line_rows: frozenset[int]
) -> bool:
    return any(
        all_rows[at].row is number.row
        for at in range(header.index + 1, min(header.index + 13, len(all_rows)))
        if at in line_rows
    )


def _closing(
    nets: Sequence[AmountCandidate],
    taxes: Sequence[AmountCandidate],
    wholes: Sequence[AmountCandidate],
    vat_rows: Sequence[VatRow],
    line_sum: Decimal | None,
) -> _Choice | None:
    """Returns the best combination whose sum closes; the greatest total wins, then the plainest captions."""
    by_value = {candidate.value: candidate for candidate in reversed(wholes)}
    tax_sums = {exact_sum(row.tax_value for row in vat_rows)} if vat_rows else set()
    if 2 <= len(taxes) <= 6:
        tax_sums.add(exact_sum(tax.value for tax in taxes))
    found: list[_Choice] = []
    for net in nets:
        bonus = 0.5 if line_sum is not None and net.value == line_sum else 0.0
        for tax in taxes:
            whole = by_value.get(EXACT.add(net.value, tax.value))
            if whole is not None and (tax.value != 0 or whole.kind is not net.kind):
                score = net.weight + tax.weight + whole.weight + bonus
                found.append(_Choice(net, tax, whole, score))
        for tax_sum in tax_sums:
            whole = by_value.get(EXACT.add(net.value, tax_sum))
            if whole is not None:
                found.append(_Choice(net, None, whole, net.weight + whole.weight + 0.4 + bonus))
    if not found:
        return None
    top = max(choice.total.value.copy_abs() for choice in found)
    return max(
        (equation for equation in found if equation.total.value.copy_abs() == top),
        key=lambda equation: equation.score,
    )


def _closing_with_charges(
    candidates: Mapping[AmountKind, Sequence[AmountCandidate]],
    taxes: Sequence[AmountCandidate],
    wholes: Sequence[AmountCandidate],
) -> _Choice | None:
    """Returns a sum of lines that, with charges and allowances and tax, closes: then no amount without VAT is printed."""
    charges = [candidate.value for candidate in candidates[AmountKind.CHARGE]]
    allowances = [
        candidate.value.copy_abs().copy_negate() for candidate in candidates[AmountKind.ALLOWANCE]
    ]
    adjustments = {*charges, *allowances, exact_sum([*charges, *allowances])} - {_ZERO}
    by_value = {candidate.value: candidate for candidate in reversed(wholes)}
    found = [
        _Choice(lines, tax, whole, lines.weight + tax.weight + whole.weight, AmountKind.LINES)
        for lines in candidates[AmountKind.LINES]
        for tax in taxes
        for adjustment in adjustments
        for whole in (by_value.get(exact_sum((lines.value, adjustment, tax.value))),)
        if whole is not None
    ]
    return max(
        found, key=lambda equation: (equation.total.value.copy_abs(), equation.score), default=None
    )


def _chosen(choice: _Choice) -> dict[AmountKind, AmountCandidate]:
    chosen = {AmountKind.TOTAL: choice.total}
    if choice.net is not None:
        chosen[choice.part] = choice.net
    if choice.tax is not None:
        chosen[AmountKind.TAX] = choice.tax
    return chosen


def _unsupported_tax(
    choice: _Choice, candidates: Mapping[AmountKind, Sequence[AmountCandidate]]
) -> frozenset[AmountKind]:
    """A printed sum of tax that differs from the rows of tax, which close, is a conflict and not a value."""
    plain = [candidate for candidate in candidates[AmountKind.TAX] if candidate.weight >= 0.8]
    return frozenset({AmountKind.TAX}) if choice.tax is None and plain else frozenset()


def _unproven(
    candidates: Mapping[AmountKind, Sequence[AmountCandidate]],
) -> tuple[dict[AmountKind, AmountCandidate], frozenset[AmountKind]]:
    """Returns what may stand without proof: a kind with one value, where not all three parts of the sum are printed."""
    parts = (AmountKind.NET, AmountKind.TAX, AmountKind.TOTAL)
    present = [kind for kind in parts if candidates[kind]]
    if len(present) == len(parts):
        return {}, frozenset(parts)
    chosen: dict[AmountKind, AmountCandidate] = {}
    conflicts: set[AmountKind] = set()
    for kind in present:
        heaviest = candidates[kind][0].weight
        rivals = [
            candidate for candidate in candidates[kind] if candidate.weight >= heaviest - 0.05
        ]
        if len(rivals) == 1:
            chosen[kind] = rivals[0]
        else:
            conflicts.add(kind)
    # An amount due stands for the total only where nothing was paid before and nothing is carried over.
    moved = candidates[AmountKind.PAID] or candidates[AmountKind.PRIOR]
    if AmountKind.TOTAL not in present and len(candidates[AmountKind.DUE]) == 1 and not moved:
        chosen[AmountKind.TOTAL] = candidates[AmountKind.DUE][0]
    net, total = chosen.get(AmountKind.NET), chosen.get(AmountKind.TOTAL)
    if net and total and net.value.copy_abs() > total.value.copy_abs():
        return {}, frozenset({AmountKind.NET, AmountKind.TOTAL})
    return chosen, frozenset(conflicts)


def _below_lines(
    chosen: dict[AmountKind, AmountCandidate],
    candidates: Mapping[AmountKind, Sequence[AmountCandidate]],
    line_sum: Decimal | None,
) -> frozenset[AmountKind]:
    """Takes back an unproven total that is less than the lines it should hold; returns it as a conflict."""
    total = chosen.get(AmountKind.TOTAL)
    if total is None or line_sum is None or candidates[AmountKind.ALLOWANCE]:
        return frozenset()
    if total.value.copy_abs() >= line_sum.copy_abs():
        return frozenset()
    del chosen[AmountKind.TOTAL]
    return frozenset({AmountKind.TOTAL})


def _add_paid_in_cash(
    chosen: dict[AmountKind, AmountCandidate],
    candidates: Mapping[AmountKind, Sequence[AmountCandidate]],
    paid: frozenset[Decimal],
) -> frozenset[AmountKind]:
    """Takes the total that somebody paid, where one of the printed totals is that; returns what is decided by it."""
    wholes = [*candidates[AmountKind.TOTAL], *candidates[AmountKind.DUE]]
    found = next((candidate for candidate in wholes if candidate.value in paid), None)
    if found is None:
        return frozenset()
    chosen[AmountKind.TOTAL] = found
    return frozenset({AmountKind.TOTAL})


def _add_payment(
    chosen: dict[AmountKind, AmountCandidate],
    candidates: Mapping[AmountKind, Sequence[AmountCandidate]],
) -> set[AmountKind]:
    """Adds the amounts paid and due: those that BR-CO-16 proves (their kinds are returned), else those without rival."""
    total = chosen.get(AmountKind.TOTAL)
    dues, paids = candidates[AmountKind.DUE], candidates[AmountKind.PAID]
    if total is not None:
        for due in dues:
            for paid in paids:
                if due.value == EXACT.subtract(total.value, paid.value.copy_abs()):
                    chosen[AmountKind.DUE], chosen[AmountKind.PAID] = due, paid
                    return {AmountKind.DUE, AmountKind.PAID}
    proven: set[AmountKind] = set()
    if len(dues) == 1:
        chosen[AmountKind.DUE] = dues[0]
        if total is not None and total.value == dues[0].value and not paids:
            proven.add(AmountKind.DUE)
    if len(paids) == 1:
        chosen[AmountKind.PAID] = paids[0]
    return proven


def _consistent(
    rows: Sequence[VatRow], chosen: Mapping[AmountKind, AmountCandidate]
) -> tuple[VatRow, ...]:
    """Returns the rows of tax where their sums agree with the totals, as far as those are known; else none."""
    tax, net = chosen.get(AmountKind.TAX), chosen.get(AmountKind.NET)
    if tax is not None and exact_sum(row.tax_value for row in rows) == tax.value:
        return tuple(rows)
    if net is not None and exact_sum(row.taxable_value for row in rows) == net.value:
        return tuple(rows)
    return tuple(rows) if tax is None and net is None and len(rows) == 1 else ()
