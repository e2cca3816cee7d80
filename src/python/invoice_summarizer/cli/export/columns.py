"""Which columns an exported invoice and an exported line have. Field names are those of the API."""

from collections.abc import Sequence
from decimal import Decimal

from invoice_summarizer.cli.export.table import Cell, date_cell, decimal_cell
from invoice_summarizer.cli.names import short_id
from invoice_summarizer.cli.presentation.enum_words import enum_words
from invoice_summarizer.cli.presentation.kinds import kind_of, signed
from invoices.v1 import invoice_pb2, query_service_pb2

INVOICE_COLUMNS: Sequence[str] = (
    *("invoice", "status", "review_reasons", "failure_reason", "document.file_name"),
    *("kind", "type_code", "invoice_number", "issue_date", "payment_due_date"),
    *("seller.name", "seller.vat_identifier", "buyer.name", "buyer_reference"),
    *("purchase_order_reference", "currency_code", "totals.amount_without_vat"),
    *("totals.vat_amount", "totals.amount_with_vat", "totals.paid_amount", "totals.amount_due"),
    "account_identifier",  # the first
)
LINE_COLUMNS: Sequence[str] = (
    *("invoice", "invoice_number", "line", "identifier", "item.name", "item.description"),
    *("invoiced_quantity", "quantity_unit_code", "price.net_price", "net_amount"),
    *("currency_code", "vat.category_code", "vat.rate"),
)


def invoice_row(invoice: invoice_pb2.Invoice) -> Sequence[Cell]:
    content = invoice.content
    totals = content.totals
    return (
        short_id(invoice.name),
        enum_words(invoice_pb2.Invoice.Status.Name(invoice.status)),
        "; ".join(invoice.review_reasons),
        invoice.failure_reason,
        invoice.document.file_name,
        kind_of(content),
        content.type_code,
        content.invoice_number,
        date_cell(content.issue_date),
        date_cell(content.payment_due_date),
        content.seller.name,
        content.seller.vat_identifier,
        content.buyer.name,
        content.buyer_reference,
        content.purchase_order_reference,
        content.currency_code,
        # As they count, so that a column can be added up: what is credited has a minus.
        decimal_cell(signed(totals.amount_without_vat, content)),
        decimal_cell(signed(totals.vat_amount, content)),
        decimal_cell(signed(totals.amount_with_vat, content)),
        decimal_cell(signed(totals.paid_amount, content)),
        decimal_cell(signed(totals.amount_due, content)),
        next(
            (
                transfer.account_identifier
                for transfer in content.payment_instructions.credit_transfers
            ),
            "",
        ),
    )


def line_row(
    invoice: invoice_pb2.Invoice, annotated: query_service_pb2.AnnotatedLine
) -> Sequence[Cell]:
    line = annotated.line
    return (
        short_id(invoice.name),
        invoice.content.invoice_number,
        Decimal(annotated.index + 1),
        line.identifier,
        line.item.name,
        line.item.description,
        decimal_cell(line.invoiced_quantity),
        line.quantity_unit_code,
        decimal_cell(line.price.net_price),
        decimal_cell(line.net_amount),
        invoice.content.currency_code,
        line.vat.category_code,
        decimal_cell(line.vat.rate),
    )
