"""The fields by which invoices are filtered and sorted, with how each is had from an invoice.

A filter name is the field path of the content, so that a filter, a JSON path and a finding speak of one thing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from aip.filter_field import FieldType, FilterField
from en16931.field_path import value_at
from invoice_reading.reading import DocumentForm
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus

FieldValue = str | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class InvoiceField:
    filter: FilterField
    value: Callable[[Invoice], FieldValue]


def _content(path: str, kind: FieldType) -> tuple[str, InvoiceField]:
    def value(invoice: Invoice) -> FieldValue:
        found = value_at(invoice.content, path)
        assert found is None or isinstance(found, str | Decimal | date)
        return found

    return path, InvoiceField(FilterField(kind), value)


INVOICE_FIELDS: Mapping[str, InvoiceField] = dict(
    [
        (
            "status",
            InvoiceField(
                FilterField(FieldType.ENUM, tuple(InvoiceStatus)), lambda invoice: invoice.status
            ),
        ),
        (
            "form",
            InvoiceField(
                FilterField(FieldType.ENUM, tuple(DocumentForm)),
                lambda invoice: invoice.reading.form if invoice.reading else None,
            ),
        ),
        ("create_time", InvoiceField(FilterField(FieldType.TIMESTAMP), lambda i: i.create_time)),
        ("update_time", InvoiceField(FilterField(FieldType.TIMESTAMP), lambda i: i.update_time)),
        (
            "document.file_name",
            InvoiceField(FilterField(FieldType.STRING), lambda i: i.document.file_name),
        ),
        (
            "document.sha256",
            InvoiceField(FilterField(FieldType.STRING), lambda i: i.document.sha256),
        ),
        _content("invoice_number", FieldType.STRING),
        _content("issue_date", FieldType.DATE),
        _content("payment_due_date", FieldType.DATE),
        _content("type_code", FieldType.STRING),
        _content("currency_code", FieldType.STRING),
        _content("purchase_order_reference", FieldType.STRING),
        _content("seller.name", FieldType.STRING),
        _content("seller.vat_identifier", FieldType.STRING),
        _content("buyer.name", FieldType.STRING),
        _content("totals.amount_without_vat", FieldType.DECIMAL),
        _content("totals.vat_amount", FieldType.DECIMAL),
        _content("totals.amount_with_vat", FieldType.DECIMAL),
        _content("totals.amount_due", FieldType.DECIMAL),
    ]
)
