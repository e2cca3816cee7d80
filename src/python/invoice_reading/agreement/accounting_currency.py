"""The VAT in the currency of the accounts of the seller: BT-111."""

from collections.abc import Iterator

from en16931.model import InvoiceContent
from invoice_reading.agreement.comparison import Comparison, Group, Printed, Verdict
from invoice_reading.agreement.printed_amounts import PrintedAmount
from invoice_reading.agreement.printed_document import PrintedDocument
from invoice_reading.extract.amount_captions import AmountKind
from invoice_reading.extract.currency import currencies

_PATH = "totals.vat_amount_in_accounting_currency"


def compare_accounting_currency(
    content: InvoiceContent, printed: PrintedDocument
) -> Iterator[Comparison]:
    """Yields the verdict on BT-111: pages that print a tax in that currency have to print this one."""
    value = content.totals.vat_amount_in_accounting_currency if content.totals else None
    code = content.vat_accounting_currency_code
    if value is None or not value.is_finite():
        return
    taxes = [*_taxes(code, printed)] if code and code != content.currency_code else []
    found = taxes or [amount for amount in printed.amounts.all(value) if amount.is_money]
    same = next((amount for amount in found if amount.size == abs(value)), None)
    if same is not None:
        yield _of(Verdict.AGREES, Printed(same.region, value))
    elif taxes:
        yield _of(Verdict.DISAGREES, Printed(taxes[0].region, taxes[0].size))
    else:
        yield _of(Verdict.NOT_PRINTED, None)


def _taxes(code: str, printed: PrintedDocument) -> Iterator[PrintedAmount]:
    """Yields the amounts of tax of the pages that are in the currency."""
    for group in printed.groups:
        if group.kind is not AmountKind.TAX:
            continue
        places = {number.begin for number in group.amounts}
        for amount in printed.amounts.of_row(group.row):
            in_code = amount.currency is not None and code in currencies(amount.currency)
            if amount.begin in places and amount.is_money and in_code:
                yield amount


def _of(verdict: Verdict, printed: Printed | None) -> Comparison:
    return Comparison(Group.NUMBER_AND_TOTALS, _PATH, verdict, printed)
