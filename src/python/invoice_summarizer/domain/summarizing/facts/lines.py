"""For what: the lines with the largest amounts first, and what the others come to."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from en16931.counted_lines import counted_lines
from en16931.model import InvoiceLine, LineKind
from invoice_summarizer.domain.summarizing.derived_figures import DerivedSlot, Figure
from invoice_summarizer.domain.summarizing.facts.fact import Fact, Filling
from invoice_summarizer.domain.summarizing.facts.kind import FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.locale_format import can_be_written
from invoice_summarizer.domain.summarizing.segments import Slot
from invoice_summarizer.domain.summarizing.units import can_be_named


def purchases(context: PlanContext, most: int, *, as_list: bool) -> Iterator[Fact]:
    """Yields what was bought: the `most` largest lines, and the rest in a sum."""
    indices = _by_size(context)
    if not indices:
        return
    told = {index: slots for index in indices[:most] if (slots := _line(context, index))}
    if not told:
        return
    items = [Fact(FactKind.LINE, slots) for slots in told.values()]
    if len(indices) > len(told):
        items.append(Fact(FactKind.MORE_LINES, _rest(context, tuple(told))))
    kind = FactKind.PURCHASE_LIST if as_list else FactKind.PURCHASES
    yield Fact(kind, items=tuple(items))


def single_purchases(context: PlanContext, most: int) -> Iterator[Fact]:
    """Yields a fact for each of the `most` largest lines, for a writer who picks among them."""
    for index in _by_size(context)[:most]:
        if slots := _line(context, index):
            yield Fact(FactKind.PURCHASES, items=(Fact(FactKind.LINE, slots),))


def line_count(context: PlanContext) -> Iterator[Fact]:
    """Yields how many lines there are, where there are several: of those that a writer picks, nobody sees it."""
    if len(context.content.lines) > 1:
        yield Fact(FactKind.LINE_COUNT, {"count": Slot("lines")})


def _by_size(context: PlanContext) -> Sequence[int]:
    """Returns the places of the lines that are about something, the largest amounts first."""
    sizes = {
        index: abs(context.amount(f"lines[{index}].net_amount") or Decimal(0))
        for index, line in counted_lines(context.content)
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


def _line(context: PlanContext, index: int) -> dict[str, Filling]:
    path = f"lines[{index}]"
    names = (f"{path}.item.name", f"{path}.item.description", f"{path}.identifier")
    name = next((each for each in names if context.text(each)), None)
    slots: dict[str, Filling] = {}
    if name is not None:
        slots["number" if name == names[-1] else "name"] = Slot(name)
    unit = context.text(f"{path}.quantity_unit_code")
    quantity = "quantity" if unit and can_be_named(unit) else "count"
    return slots | context.slots(
        **{quantity: f"{path}.invoiced_quantity", "amount": f"{path}.net_amount"}
    )


def _rest(context: PlanContext, said: tuple[int, ...]) -> dict[str, Filling]:
    """Returns how many other lines there are and what they come to; of amounts that are unsure, how many alone."""
    amounts = (context.amount(f"lines[{index}].net_amount") for index in said)
    if not all(amount is None or can_be_written(amount) for amount in amounts):
        return {}  # a reader would take such a line for one of the others
    count = context.derived(DerivedSlot(Figure.OTHER_LINES_COUNT, said))
    amount = context.derived(DerivedSlot(Figure.OTHER_LINES_AMOUNT, said))
    if count and amount:
        return {_number(context, count): count, "amount": amount}
    unsaid = context.derived(DerivedSlot(Figure.UNSAID_LINES_COUNT, said))
    return {_number(context, unsaid): unsaid} if unsaid else {}


def _number(context: PlanContext, count: DerivedSlot) -> str:
    """Returns the hole of the count: that of a singular, or that of a plural."""
    figure = context.figures.of(count)
    return "single" if figure is not None and figure.derivation.value == 1 else "count"
