"""Sums over invoices."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal

from en16931.credit_notes import counted, is_credit_note
from invoice_summarizer.adapters.memory.filter_matching import lowered
from invoice_summarizer.domain.counted import CountedApart, told_apart
from invoice_summarizer.domain.invoice import Invoice
from invoice_summarizer.domain.one_line import one_line
from invoice_summarizer.ports.invoice_reader import Aggregate, Aggregates, GroupKey, Lacking

_EXACT = Context(prec=1_000)  # never rounds a sum of amounts

_Keys = tuple[str | None, ...]  # in the order of GroupKey; None for what is not grouped by
_ONLY_CURRENCY = frozenset({GroupKey.CURRENCY})


def aggregates(
    invoices: Iterable[Invoice], group_by: frozenset[GroupKey], limit: int
) -> Aggregates:
    """Returns what `InvoiceReader.aggregate` does of the invoices."""
    apart = Counter[CountedApart]()
    counted = []
    for invoice in invoices:
        why = told_apart(invoice)
        if why is None:
            counted.append(invoice)
        else:
            apart[why] += 1
    groups = _groups(counted, group_by | _ONLY_CURRENCY)
    totals = _groups(counted, _ONLY_CURRENCY)
    return Aggregates(
        groups=tuple(_aggregate(keys, group, group_by) for keys, group in groups[:limit]),
        total_size=len(groups),
        totals=tuple(_aggregate(keys, group, _ONLY_CURRENCY) for keys, group in totals),
        apart=apart,
    )


def _groups(
    invoices: Iterable[Invoice], group_by: frozenset[GroupKey]
) -> list[tuple[_Keys, list[Invoice]]]:
    groups: dict[_Keys, list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        keys = tuple(_key_of(invoice, key) if key in group_by else None for key in GroupKey)
        groups[keys].append(invoice)
    return sorted(groups.items(), key=lambda group: _rank(*group))


def _rank(keys: _Keys, invoices: Sequence[Invoice]) -> tuple[object, ...]:
    month = keys[[*GroupKey].index(GroupKey.MONTH)]
    return (
        (month is None, month or ""),
        -len(invoices),
        *((key is None, key or "") for key in keys),
    )


def _key_of(invoice: Invoice, key: GroupKey) -> str | None:
    match key:
        case GroupKey.CURRENCY:
            return invoice.content.currency_code
        case GroupKey.SUPPLIER:
            name = _supplier(invoice)
            return None if name is None else lowered(name)
        case GroupKey.MONTH:
            issued = invoice.content.issue_date
            return issued.isoformat()[:7] if issued else None
        case GroupKey.STATUS:
            return invoice.status.value


def _supplier(invoice: Invoice) -> str | None:
    name = invoice.content.seller.name if invoice.content.seller else None
    return None if name is None else one_line(name)


def _most_frequent_name(invoices: Sequence[Invoice]) -> str | None:
    names = Counter(name for name in map(_supplier, invoices) if name is not None)
    return min(names, key=lambda name: (-names[name], name), default=None)


def _aggregate(
    keys: _Keys, invoices: Sequence[Invoice], group_by: frozenset[GroupKey]
) -> Aggregate:
    group = dict(zip(GroupKey, keys, strict=True))
    amounts = {name: _amounts(invoices, name) for name in Lacking.__slots__}
    return Aggregate(
        currency=group[GroupKey.CURRENCY],
        supplier=_most_frequent_name(invoices) if GroupKey.SUPPLIER in group_by else None,
        month=group[GroupKey.MONTH],
        status=group[GroupKey.STATUS],
        count=len(invoices),
        credit_notes=sum(is_credit_note(invoice.content) for invoice in invoices),
        amount_without_vat=_sum(amounts["amount_without_vat"]),
        vat_amount=_sum(amounts["vat_amount"]),
        amount_with_vat=_sum(amounts["amount_with_vat"]),
        amount_due=_sum(amounts["amount_due"]),
        lacking=Lacking(**{name: len(invoices) - len(each) for name, each in amounts.items()}),
    )


def _amounts(invoices: Sequence[Invoice], name: str) -> list[Decimal]:
    """Returns the amounts of that name that are declared, with the sign by which they count."""
    signed = []
    for invoice in invoices:
        totals = invoice.content.totals
        amount = getattr(totals, name) if totals is not None else None
        if amount is not None:
            signed.append(counted(invoice.content, amount))
    return signed


def _sum(amounts: Sequence[Decimal]) -> Decimal | None:
    if not amounts:
        return None
    total = Decimal(0)
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return total
