"""The totals of a document: printed candidates, and arithmetic that decides between them.

A total counts only where the sums close (EN 16931 BR-CO-15: with VAT = without VAT + VAT). What does not close is a
conflict, which is for a person: no candidate is preferred for its place on the page alone. That a sum closes is not
enough: the tax must be a share of the net amount that some country takes, and all amounts must be in the currency of the
document. Where the rate that is printed beside the tax gives another tax, the amounts stand without being proven.
"""

from collections.abc import Collection, Mapping, Sequence
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
from invoice_reading.extract.currency import is_foreign
from invoice_reading.extract.layout import COLUMN
from invoice_reading.extract.marked_rows import MarkedRow
from invoice_reading.extract.numbers import DecimalMark, NumberText
from invoice_reading.extract.vat_rows import (
    VatRow,
    proven_vat_rows,
    rated_taxes,
    untaxed_rows,
)

_MAX_CANDIDATES = 40  # of one kind; keeps the search over pairs small on hostile pages
_ZERO = Decimal(0)
_HIGHEST_SHARE = Decimal("0.30")  # 27 % is the highest rate of VAT in Europe, 28 % of GST in India
_IN_ONE_ROW = 0.75  # the weight of sums that stand in one row, whose columns may have no captions
_ROUNDED = Decimal(
    "0.10"
)  # what taxes that are rounded line by line may differ from that of their sum


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
    currency: str | None = None,
) -> Totals:
    """Returns the totals that the sums support, among amounts that may be in the currency; see `Totals`."""
    pool = _pool(all_rows, groups, line_rows, mark, currency)
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
    if choice is None and not candidates[AmountKind.NET]:
        # "Taxable amount" is the net amount where nothing is untaxed.
        choice = _closing(candidates[AmountKind.TAXABLE], taxes, wholes, (), line_sum)
    if choice is None:
        choice = _closing_with_charges(candidates, taxes, wholes)
    if choice is not None:
        chosen = _chosen(choice)
        conflicts = _unsupported_tax(choice, candidates)
        based = {row.tax_value for row in vat_rows}
        proven = set() if _is_contradicted(choice, all_rows, based, mark) else set(chosen)
    else:
        chosen, conflicts = _unproven(candidates)
        conflicts |= _below_lines(chosen, candidates, line_sum)
        conflicts -= _add_paid_in_cash(chosen, candidates, paid_in_cash(all_rows, mark))
        proven = set()
    proven |= _add_payment(chosen, candidates)
    kept = _breakdown(vat_rows, groups, line_rows, chosen, mark)
    return Totals(chosen, candidates, frozenset(proven), conflicts, kept)


def _pool(
    all_rows: Sequence[MarkedRow],
    groups: Mapping[int, Sequence[AmountGroup]],
    line_rows: frozenset[int],
    mark: DecimalMark | None,
    currency: str | None,
) -> _Pool:
    pool = _Pool()
    for row in all_rows:
        if row.index in line_rows:
            continue
        for group in groups.get(row.index, ()):
            amounts = [number for number in group.amounts if number.is_money] or _whole_amounts(
                group
            )
            amounts = [number for number in amounts if not is_foreign(number, row, currency)]
            if group.kind is None or not amounts:
                continue
            parts = _parts_of_sum(group, amounts, mark)
            for kind, number in parts:
                pool.add(kind, number, _IN_ONE_ROW, mark)
            if parts:
                continue
            weight = (1.0 if group.strong else 0.8) - (
                0.3 if group.rates or len(amounts) > 1 else 0.0
            )
            pool.add(group.kind, amounts[-1], weight * _preference(group.kind), mark)
        for kind, strong, number in headed_amounts(all_rows, row):
            foreign = number.currency is not None and is_foreign(number, row, currency)
            beneath = number.row is not row.row and not foreign
            if beneath and not _in_lines(all_rows, row, number, line_rows):
                pool.add(kind, number, (0.6 if strong else 0.4) * _preference(kind), mark)
    return pool


def _parts_of_sum(
    group: AmountGroup, amounts: Sequence[NumberText], mark: DecimalMark | None
) -> list[tuple[AmountKind, NumberText]]:
    """Returns what the three amounts of a row of sums are where they close: "Total   100.00   20.00   120.00"."""
    if group.kind not in (AmountKind.TOTAL, AmountKind.LINES, AmountKind.NET) or len(amounts) != 3:
        return []
    net, tax, total = (number.value(mark) for number in amounts)
    if net is None or tax is None or total is None or tax == 0:
        return []
    if EXACT.add(net, tax) != total or not _is_share(tax, net):
        return []
    kinds = (AmountKind.NET, AmountKind.TAX, AmountKind.TOTAL)
    return list(zip(kinds, amounts, strict=True))


def _preference(kind: AmountKind) -> float:
    """Subtotals stand in for the net amount, and amounts due for the total, only where nothing better closes."""
    return 0.6 if kind in (AmountKind.LINES, AmountKind.DUE) else 1.0


def _whole_amounts(group: AmountGroup) -> list[NumberText]:
    """Returns the amount without decimals behind a plain caption of a sum: "Grand total 1939", or no tax: "VAT 0".

    "Net 30" is a term of payment, so that net amounts have decimals or a currency.
    """
    if group.kind is AmountKind.TAX and group.strong:
        nothing = [number for number in group.amounts[-1:] if number.digits == "0"]
        return [number for number in nothing if _ends_column(number, group.row)]
    if group.kind not in (AmountKind.TOTAL, AmountKind.DUE) or not group.strong:
        return []
    whole = [number for number in group.amounts if number.decimals == 0]
    return [number for number in whole[-1:] if is_whole_amount(number, group.row)]


def _ends_column(number: NumberText, row: MarkedRow) -> bool:
    before, after = row.row.text[: number.begin], row.row.text[number.end :]
    return before.endswith(COLUMN) and (not after or after.startswith(COLUMN))


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
            if not _is_share(tax.value, net.value):
                continue
            if whole is not None and (tax.value != 0 or whole.kind is not net.kind):
                score = net.weight + tax.weight + whole.weight + bonus
                found.append(_Choice(net, tax, whole, score))
        for tax_sum in tax_sums:
            whole = by_value.get(EXACT.add(net.value, tax_sum))
            if whole is not None and _is_share(tax_sum, net.value):
                found.append(_Choice(net, None, whole, net.weight + whole.weight + 0.4 + bonus))
    if not found:
        return None
    top = max(choice.total.value.copy_abs() for choice in found)
    return max(
        (equation for equation in found if equation.total.value.copy_abs() == top),
        key=lambda equation: equation.score,
    )


def _is_share(tax: Decimal, net: Decimal) -> bool:
    """Returns whether a tax can be one on the net amount: of its sign, and not above the highest rate of any country."""
    if tax == 0:
        return True
    return (tax < 0) == (net < 0) and tax.copy_abs() <= net.copy_abs() * _HIGHEST_SHARE


def _is_contradicted(
    choice: _Choice,
    all_rows: Sequence[MarkedRow],
    based: Collection[Decimal],
    mark: DecimalMark | None,
) -> bool:
    """Returns whether the only rate of the document, beside the chosen tax, gives another tax of the net amount.

    `based` are taxes that are printed with what they are a share of: the rest of the net amount is not taxed.
    """
    if choice.net is None or choice.tax is None or choice.part is not AmountKind.NET:
        return False
    if choice.tax.value in based:
        return False
    rates = {
        value
        for row in all_rows
        for number in row.numbers
        if number.percent and (value := number.value(mark)) is not None and 0 <= value <= 40
    }
    beside = [
        number
        for row in all_rows
        if row.row is choice.tax.number.row
        for number in row.numbers
        if number.percent
    ]
    if len(beside) != 1 or len(rates) != 1:
        return False
    [rate] = rates
    apart = EXACT.subtract(
        EXACT.multiply(choice.net.value, EXACT.scaleb(rate, -2)), choice.tax.value
    )
    return apart.copy_abs() > _ROUNDED


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
    tax = chosen.get(AmountKind.TAX)
    if tax and total and not _is_share(tax.value, total.value):
        del chosen[AmountKind.TAX]
        conflicts.add(AmountKind.TAX)
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


def _breakdown(
    rows: Sequence[VatRow],
    groups: Mapping[int, Sequence[AmountGroup]],
    line_rows: frozenset[int],
    chosen: Mapping[AmountKind, AmountCandidate],
    mark: DecimalMark | None,
) -> tuple[VatRow, ...]:
    """Returns the rows of tax where their sums agree with the totals, as far as those are known; else none.

    Where the rows that close leave a part of the net amount over, rows at 0 % may be that part. Where no row prints
    what is taxed, several rates count whose taxes add up.
    """
    net, tax = chosen.get(AmountKind.NET), chosen.get(AmountKind.TAX)
    if rows and net is not None and _taxable(rows) != net.value:
        untaxed = untaxed_rows(groups, line_rows, mark)
        for added in ((*untaxed,), *((row,) for row in untaxed)):
            if added and _taxable([*rows, *added]) == net.value:
                return (*rows, *added)
    if not rows:
        rated, total = rated_taxes(groups, line_rows, mark), chosen.get(AmountKind.TOTAL)
        if tax is not None:
            due: Decimal | None = tax.value
        else:
            due = EXACT.subtract(total.value, net.value) if total and net else None
        if len({row.rate_value for row in rated}) > 1 and _tax(rated) == due:
            return rated
    return _consistent(rows, net, tax)


def _taxable(rows: Sequence[VatRow]) -> Decimal:
    return exact_sum(row.taxable_value for row in rows if row.taxable_value is not None)


def _tax(rows: Sequence[VatRow]) -> Decimal:
    return exact_sum(row.tax_value for row in rows)


def _consistent(
    rows: Sequence[VatRow], net: AmountCandidate | None, tax: AmountCandidate | None
) -> tuple[VatRow, ...]:
    if tax is not None and _tax(rows) == tax.value:
        return tuple(rows)
    if net is not None and _taxable(rows) == net.value:
        return tuple(rows)
    return tuple(rows) if tax is None and net is None and len(rows) == 1 else ()
