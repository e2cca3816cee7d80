"""What a person has to know beside a table of sums."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from invoice_summarizer.cli.presentation.printable import printable
from invoices.v1 import assurance_pb2, invoice_pb2, query_service_pb2

_TOTAL_WITH_VAT = "BR-CO-15"  # total with VAT = total without VAT + VAT


def sum_notes(
    aggregates: Iterable[query_service_pb2.InvoiceAggregate],
    invoices: Sequence[invoice_pb2.Invoice],
) -> Iterator[str]:
    """Yields a line for each row that does not add up, with the invoices that declare such a total.

    The rows are sums for each currency, of these invoices.
    """
    for row in aggregates:
        if not (row.amount_without_vat and row.vat_amount and row.amount_with_vat):
            continue
        without, vat = Decimal(row.amount_without_vat), Decimal(row.vat_amount)
        difference = Decimal(row.amount_with_vat) - without - vat
        declared_by = [
            printable(invoice.document.file_name)
            for invoice in invoices
            if invoice.content.currency_code == row.currency_code and _breaks_the_rule(invoice)
        ]
        if difference and declared_by:
            yield (
                f"{row.currency_code}: with VAT is {abs(difference)} {'more' if difference > 0 else 'less'}"
                f" than without VAT + VAT; totals are summed as they are declared, and"
                f" {_TOTAL_WITH_VAT} failed for {', '.join(declared_by)}."
            )


def _breaks_the_rule(invoice: invoice_pb2.Invoice) -> bool:
    return any(
        finding.rule_id == _TOTAL_WITH_VAT and finding.outcome == assurance_pb2.Finding.FAILED
        for finding in invoice.findings
    )
