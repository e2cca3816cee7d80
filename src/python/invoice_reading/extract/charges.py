"""Charges and allowances of the whole document: what stands between the sum of its lines and its net total."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from en16931.exact import exact_sum
from invoice_reading.extract.amount_captions import AmountKind
from invoice_reading.extract.totals import AmountCandidate, Totals

_MOST = 6  # candidates that are tried together


@dataclass(frozen=True, slots=True)
class Charges:
    """Amounts as they are printed; an allowance counts without its sign."""

    charges: tuple[AmountCandidate, ...] = ()
    allowances: tuple[AmountCandidate, ...] = ()


def charges_of(line_sum: Decimal | None, found: Totals) -> Charges:
    """Returns the captioned charges and allowances that lead from the sum of the lines to the net total.

    None where no choice of them does, where several do, or where the lines come to the net total by themselves. Of
    charges and allowances beside their printed total, which leads there as well, they are taken.
    """
    net = found.chosen.get(AmountKind.NET)
    if line_sum is None or net is None or line_sum == net.value or line_sum < 0:
        return Charges()
    candidates = [
        candidate
        for kind in (AmountKind.CHARGE, AmountKind.ALLOWANCE)
        for candidate in found.candidates[kind]
        if candidate.value
    ]
    if not 1 <= len(candidates) <= _MOST:
        return Charges()
    closing = [
        chosen
        for count in range(1, len(candidates) + 1)
        for chosen in combinations(candidates, count)
        if exact_sum([line_sum, *map(_signed, chosen)]) == net.value
    ]
    chosen = _without_totals(closing)
    if chosen is None:
        return Charges()
    return Charges(_of(chosen, AmountKind.CHARGE), _of(chosen, AmountKind.ALLOWANCE))


def _without_totals(
    closing: Sequence[Sequence[AmountCandidate]],
) -> Sequence[AmountCandidate] | None:
    """Returns the only choice, or the second of two whose total is the first, a single amount; else None."""
    if len(closing) == 1:
        return closing[0]
    if len(closing) == 2:
        total, parts = closing
        if len(total) == 1 and total[0] not in parts:
            return parts
    return None


def _signed(candidate: AmountCandidate) -> Decimal:
    if candidate.kind is AmountKind.CHARGE:
        return candidate.value
    return candidate.value.copy_abs().copy_negate()


def _of(chosen: Sequence[AmountCandidate], kind: AmountKind) -> tuple[AmountCandidate, ...]:
    return tuple(candidate for candidate in chosen if candidate.kind is kind)
