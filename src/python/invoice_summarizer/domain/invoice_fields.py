"""The fields by which invoices are filtered and sorted, with how each is had from an invoice.

A filter name is the field path of the content, so that a filter, a JSON path and a finding speak of one thing. Beside
it, the fields that people look for most have the words by which tables show them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from aip.filter_field import FieldType, FilterField
from en16931.credit_notes import counted, document_kind
from en16931.field_path import value_at
from en16931.model import DocumentKind
from invoice_reading.reading import KNOWN_FORMS
from invoice_summarizer.domain.account_number import account_number
from invoice_summarizer.domain.invoice import KNOWN_STATUSES, Invoice
from invoice_summarizer.domain.review_reason_filter import review_reason, review_reasons

FieldValue = str | Decimal | date | datetime | None

KIND = "kind"
REVIEW_REASONS = "review_reasons"
ACCOUNTS = "payment_instructions.credit_transfers.account_identifier"
ITEM_NAMES = "lines.item.name"
KINDS: Mapping[DocumentKind, str] = {kind: kind.value.lower() for kind in DocumentKind}


@dataclass(frozen=True, slots=True)
class InvoiceField:
    """A list has no single value: `elements` are what it has."""

    filter: FilterField
    value: Callable[[Invoice], FieldValue] = lambda invoice: None
    elements: Callable[[Invoice], frozenset[str]] = lambda invoice: frozenset()


def _content(path: str, kind: FieldType) -> InvoiceField:
    def value(invoice: Invoice) -> FieldValue:
        found = value_at(invoice.content, path)
        assert found is None or isinstance(found, str | Decimal | date)
        return found

    return InvoiceField(FilterField(kind), value)


def _total(path: str) -> InvoiceField:
    """A total as it counts: of a credit note with a minus, however the document states it."""

    def value(invoice: Invoice) -> FieldValue:
        found = value_at(invoice.content, path)
        return counted(invoice.content, found) if isinstance(found, Decimal) else None

    return InvoiceField(FilterField(FieldType.DECIMAL), value)


def _kind(invoice: Invoice) -> str | None:
    kind = document_kind(invoice.content)
    return None if kind is None else KINDS[kind]


def _accounts(invoice: Invoice) -> frozenset[str]:
    payment = invoice.content.payment_instructions
    transfers = payment.credit_transfers if payment is not None else ()
    return frozenset(
        account_number(transfer.account_identifier)
        for transfer in transfers
        if transfer.account_identifier is not None
    )


def _item_names(invoice: Invoice) -> str | None:
    items = (line.item for line in invoice.content.lines)
    names = [item.name for item in items if item is not None and item.name is not None]
    return "\n".join(names) if names else None


def _reasons(invoice: Invoice) -> frozenset[str]:
    return review_reasons(invoice.reading.review_reasons if invoice.reading else ())


INVOICE_FIELDS: Mapping[str, InvoiceField] = {
    "invoice_id": InvoiceField(FilterField(FieldType.STRING), lambda invoice: invoice.id),
    "status": InvoiceField(
        FilterField(FieldType.ENUM, KNOWN_STATUSES), lambda invoice: invoice.status
    ),
    REVIEW_REASONS: InvoiceField(
        FilterField(FieldType.LIST, element=review_reason), elements=_reasons
    ),
    KIND: InvoiceField(FilterField(FieldType.ENUM, tuple(KINDS.values())), _kind),
    "form": InvoiceField(
        FilterField(FieldType.ENUM, KNOWN_FORMS),
        lambda invoice: invoice.reading.form if invoice.reading else None,
    ),
    "create_time": InvoiceField(FilterField(FieldType.TIMESTAMP), lambda i: i.create_time),
    "update_time": InvoiceField(FilterField(FieldType.TIMESTAMP), lambda i: i.update_time),
    "document.file_name": InvoiceField(
        FilterField(FieldType.STRING), lambda i: i.document.file_name
    ),
    "document.sha256": InvoiceField(FilterField(FieldType.STRING), lambda i: i.document.sha256),
    ACCOUNTS: InvoiceField(FilterField(FieldType.LIST, element=account_number), elements=_accounts),
    ITEM_NAMES: InvoiceField(FilterField(FieldType.TEXT), _item_names),
    **{
        path: _content(path, kind)
        for path, kind in (
            ("invoice_number", FieldType.STRING),
            ("issue_date", FieldType.DATE),
            ("payment_due_date", FieldType.DATE),
            ("type_code", FieldType.STRING),
            ("currency_code", FieldType.STRING),
            ("buyer_reference", FieldType.STRING),
            ("purchase_order_reference", FieldType.STRING),
            ("seller.name", FieldType.STRING),
            ("seller.vat_identifier", FieldType.STRING),
            ("buyer.name", FieldType.STRING),
        )
    },
    **{
        path: _total(path)
        for path in (
            "totals.amount_without_vat",
            "totals.vat_amount",
            "totals.amount_with_vat",
            "totals.amount_due",
        )
    },
}
FIELD_ALIASES: Mapping[str, str] = {
    "id": "invoice_id",
    "reason": REVIEW_REASONS,
    "reasons": REVIEW_REASONS,
    "received": "create_time",
    "file": "document.file_name",
    "number": "invoice_number",
    "date": "issue_date",
    "issued": "issue_date",
    "due_date": "payment_due_date",
    "due": "payment_due_date",
    "currency": "currency_code",
    "supplier": "seller.name",
    "seller": "seller.name",
    "buyer": "buyer.name",
    "purchase_order": "purchase_order_reference",
    "account": ACCOUNTS,
    "item": ITEM_NAMES,
    "total": "totals.amount_with_vat",
    "amount_due": "totals.amount_due",
    "amount": "totals.amount_due",
}
FILTER_FIELDS: Mapping[str, FilterField] = {
    name: field.filter for name, field in INVOICE_FIELDS.items()
}
SORT_FIELDS = tuple(name for name, field in FILTER_FIELDS.items() if field.sortable)
