"""For what: the lines with the largest amounts first, and what the others come to."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from en16931.model import InvoiceLine, LineKind
from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Filling
from invoice_summarizer.domain.summarizing.facts.ground import Ground
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.segments import Slot


def purchases(ground: Ground, most: int, *, as_list: bool) -> Iterator[Fact]:
    """Yields what was bought: the `most` largest lines, and the rest in a sum."""
    indices = _by_size(ground)
    if not indices:
        return
    items = [
        Fact(FactKind.LINE, slots) for index in indices[:most] if (slots := _line(ground, index))
    ]
    if not items:
        return
    if len(indices) > most:
        items.append(Fact(FactKind.MORE_LINES, _rest(ground, indices[:most])))
    kind = FactKind.PURCHASE_LIST if as_list else FactKind.PURCHASES
    yield Fact(kind, items=tuple(items))


def single_purchases(ground: Ground, most: int) -> Iterator[Fact]:
    """Yields a fact for each of the `most` largest lines, for a writer who picks among them."""
    for index in _by_size(ground)[:most]:
        if slots := _line(ground, index):
            yield Fact(FactKind.PURCHASES, items=(Fact(FactKind.LINE, slots),))


def _by_size(ground: Ground) -> Sequence[int]:
    """Returns the places of the lines that are about something, the largest amounts first."""
    sizes = {
        index: abs(ground.amount(f"lines[{index}].net_amount") or Decimal(0))
        for index, line in enumerate(ground.content.lines)
        if _is_about_something(line)
    }
    return sorted(sizes, key=lambda index: (-sizes[index], index))


def _is_about_something(line: InvoiceLine) -> bool:
    """Says whether it is no heading, no text and no line over nothing."""
    if line.extras is not None and line.extras.kind is LineKind.TEXT:
        return False
    if line.net_amount is None:
        return line.invoiced_quantity is not None
    return not line.net_amount.is_zero()


def _line(ground: Ground, index: int) -> dict[str, Filling]:
    path = f"lines[{index}]"
    names = (f"{path}.item.name", f"{path}.item.description", f"{path}.identifier")
    name = next((each for each in names if ground.text(each)), None)
    slots: dict[str, Filling] = {}
    if name is not None:
        slots["number" if name == names[-1] else "name"] = Slot(name)
    quantity = "quantity" if ground.text(f"{path}.quantity_unit_code") else "count"
    return slots | ground.slots(
        **{quantity: f"{path}.invoiced_quantity", "amount": f"{path}.net_amount"}
    )


def _rest(ground: Ground, said: Sequence[int]) -> dict[str, Filling]:
    """Returns how many other lines there are, and what they come to."""
    of = tuple(said)
    count = ground.derived(DerivedSlot(Figure.OTHER_LINES_COUNT, of))
    amount = ground.derived(DerivedSlot(Figure.OTHER_LINES_AMOUNT, of))
    return {"count": count, "amount": amount} if count and amount else {}
