"""To whom it is paid: payee, accounts, and what to write on the transfer."""

from collections.abc import Iterator

from invoice_summarizer.domain.summarizing.facts.fact import Fact, Filling
from invoice_summarizer.domain.summarizing.facts.kind import PAYABLE, FactKind
from invoice_summarizer.domain.summarizing.facts.plan_context import PlanContext
from invoice_summarizer.domain.summarizing.segments import Slot

MOST_ACCOUNTS = 10
_REFERENCE = "payment_instructions.remittance_information"
_TRANSFERS = "payment_instructions.credit_transfers"


def payee(context: PlanContext, direction: FactKind) -> Iterator[Fact]:
    """Yields who gets the money, where that is not the seller."""
    name, seller = context.text("payee.name"), context.text("seller.name")
    if direction in PAYABLE and name and not is_same_name(name, seller):
        yield Fact(FactKind.PAYEE, {"payee": Slot("payee.name")})


def accounts(context: PlanContext, direction: FactKind) -> Iterator[Fact]:
    """Yields the accounts to which the money goes; none where it does not go there."""
    if direction not in PAYABLE:
        return
    found = [*_accounts(context)]
    if len(found) == 1:
        yield Fact(FactKind.ACCOUNT, found[0])
    if len(found) > 1:
        items = (Fact(FactKind.ACCOUNT_OF_SEVERAL, slots) for slots in found[:MOST_ACCOUNTS])
        yield Fact(FactKind.SEVERAL_ACCOUNTS, items=tuple(items))


def remittance(context: PlanContext, direction: FactKind) -> Iterator[Fact]:
    """Yields what to write on the transfer, where that is not the number of the invoice."""
    reference = context.text(_REFERENCE)
    if direction in PAYABLE and reference and reference != context.text("invoice_number"):
        yield Fact(FactKind.REMITTANCE, {"reference": Slot(_REFERENCE)})


def _accounts(context: PlanContext) -> Iterator[dict[str, Filling]]:
    instructions = context.content.payment_instructions
    seen = set[str]()
    for index in range(len(instructions.credit_transfers) if instructions else 0):
        path = f"{_TRANSFERS}[{index}]"
        account = context.text(f"{path}.account_identifier")
        if account is None or account in seen:
            continue
        seen.add(account)
        slots: dict[str, Filling] = {"account": Slot(f"{path}.account_identifier")}
        holder = context.text(f"{path}.account_name")
        if holder and not is_same_name(holder, context.text("seller.name")):
            slots["holder"] = Slot(f"{path}.account_name")
        yield slots


def is_same_name(name: str, other: str | None) -> bool:
    """Says whether two names are the same but for case and signs."""
    return other is not None and _bare(name) == _bare(other)


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
