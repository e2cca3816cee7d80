"""Sums over invoices, and what a person has to know beside them."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from invoice_summarizer.cli.presentation.figures import FigureRow, FigureTable
from invoice_summarizer.cli.presentation.invoice import status_text
from invoice_summarizer.cli.presentation.printable import printable
from invoices.v1 import query_service_pb2

_Aggregate = query_service_pb2.InvoiceAggregate
_KEYS = ("supplier", "month", "status")
_LACKED = {
    "amount_without_vat": "a total without VAT",
    "vat_amount": "the VAT",
    "amount_with_vat": "a total with VAT",
    "amount_due": "an amount due",
}
_APART = {
    "failed": ("could not be read", "could not be read"),
    "unread": ("is not read yet", "are not read yet"),
    "copies": ("is a copy", "are copies"),
    "pro_formas": ("is a pro forma invoice", "are pro forma invoices"),
    "billing_nothing": (
        "is a reminder, a statement or no invoice",
        "are reminders, statements or no invoices",
    ),
}


def aggregates_view(
    answer: query_service_pb2.AggregateInvoicesResponse,
    rejected: Sequence[_Aggregate] = (),
) -> RenderableType:
    """Returns a row for each group, with the columns by which it is a group, the totals, and notes on them.

    `rejected` are the totals of those of the invoices that somebody rejected, which are said apart.
    """
    rows = list(answer.aggregates)
    notes = [Text(note) for note in (*_notes(answer), *_rejected_notes(rejected))]
    if not rows:
        return Group(Text("no invoices"), *notes)
    keys = [name for name in _KEYS if any(_key(row, name) for row in rows)]
    words = [_words(row, keys) for row in rows]
    if keys:
        rows += answer.totals
        words += [_total_words(total, keys) for total in answer.totals]
    table = FigureTable(
        ("currency", *keys),
        ("invoices", "without VAT", "VAT", "with VAT", "due"),
        [FigureRow(of_row, _figures(row)) for of_row, row in zip(words, rows, strict=True)],
    )
    return Group(table, *notes)


def _words(row: _Aggregate, keys: Sequence[str]) -> Sequence[Text]:
    return [Text(_currency(row)), *(Text(_key(row, name) or "none") for name in keys)]


def _total_words(total: _Aggregate, keys: Sequence[str]) -> Sequence[Text]:
    words = [_currency(total), "total", *([""] * (len(keys) - 1))]
    return [Text(word, style="bold") for word in words]


def _figures(row: _Aggregate) -> Sequence[str]:
    sums = (row.amount_without_vat, row.vat_amount, row.amount_with_vat, row.amount_due)
    return [str(row.count), *sums]


def _currency(row: _Aggregate) -> str:
    return printable(row.currency_code) or "none"


def _key(row: _Aggregate, name: str) -> str:
    if name == "status":
        return status_text(row.status).plain if row.status else ""
    return printable(str(getattr(row, name)))


def _rejected_notes(totals: Sequence[_Aggregate]) -> Iterator[str]:
    for total in totals:
        are = "rejected invoice is" if total.count == 1 else "rejected invoices are"
        due = f", {total.amount_due} {_currency(total)} of it due" if total.amount_due else ""
        amount = total.amount_with_vat or "0"
        yield f"{total.count} {are} added up too: {amount} {_currency(total)} with VAT{due}."


def _notes(answer: query_service_pb2.AggregateInvoicesResponse) -> Iterator[str]:
    shown = len(answer.aggregates)
    if shown < answer.total_size:
        yield f"{shown} of {answer.total_size} groups; the totals are of all."
    credits = sum(total.credit_note_count for total in answer.totals)
    if credits:
        are = "credit note among them is" if credits == 1 else "credit notes among them are"
        yield f"{credits} {are} subtracted."
    for total in answer.totals:
        lacking = [
            f"{count} without {words}"
            for name, words in _LACKED.items()
            if (count := getattr(total.lacking, name))
        ]
        if lacking:
            yield f"{_currency(total)}, of {total.count}: {', '.join(lacking)}."
    apart = [
        f"{count} {words[count != 1]}"
        for name, words in _APART.items()
        if (count := getattr(answer.apart, name))
    ]
    if apart:
        yield f"Not added up: {', '.join(apart)}."
