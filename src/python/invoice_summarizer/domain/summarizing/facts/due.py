"""By when: discounts, instalments, and the terms as they are written."""

from collections.abc import Iterator

from invoice_summarizer.domain.summarizing.facts.fact import Fact
from invoice_summarizer.domain.summarizing.facts.ground import Ground
from invoice_summarizer.domain.summarizing.facts.kind import DEMANDS, FactKind
from invoice_summarizer.domain.summarizing.segments import Slot

_MOST = 6


def discounts(ground: Ground, direction: FactKind) -> Iterator[Fact]:
    """Yields what is paid less or in parts; nothing where nothing has to be paid."""
    extras = ground.content.extras
    if direction not in DEMANDS or extras is None:
        return
    for index in range(min(len(extras.cash_discounts), _MOST)):
        path = f"extras.cash_discounts[{index}]"
        slots = ground.slots(percentage=f"{path}.percentage", days=f"{path}.days")
        if "percentage" in slots:
            yield Fact(FactKind.DISCOUNT, slots)
    for index in range(min(len(extras.instalments), _MOST)):
        path = f"extras.instalments[{index}]"
        slots = ground.slots(amount=f"{path}.amount", date=f"{path}.due_date")
        if "amount" in slots:
            yield Fact(FactKind.INSTALMENT, slots)


def terms(ground: Ground, direction: FactKind) -> Iterator[Fact]:
    if direction in DEMANDS and ground.text("payment_terms"):
        yield Fact(FactKind.PAYMENT_TERMS, {"terms": Slot("payment_terms")})
