"""What a person decides of an invoice."""

from dataclasses import replace

from invoice_summarizer.domain.etag import require_etag
from invoice_summarizer.domain.invoice import Invoice, InvoiceStatus
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock
from invoice_summarizer.ports.transactions import Transactions


class _Decide:
    _status: InvoiceStatus

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    async def __call__(
        self, principal: Principal, invoice_id: str, *, comment: str, etag: str = ""
    ) -> Invoice:
        async with self._transactions.begin(principal.tenant) as transaction:
            invoice = await transaction.invoices.get(invoice_id, lock=True)
            require_etag(invoice, etag)
            decided = replace(
                invoice.moved(self._status, self._clock()), decision_comment=comment or None
            )
            await transaction.invoices.replace(decided)
            await transaction.audit.append(
                principal.subject, f"invoice.{self._status}", f"invoices/{invoice_id}"
            )
        return decided


class ApproveInvoice(_Decide):
    """Returns the invoice approved. Raises NotFound, StaleVersion, WrongState."""

    _status = InvoiceStatus.APPROVED


class RejectInvoice(_Decide):
    """Returns the invoice rejected. Raises NotFound, StaleVersion, WrongState."""

    _status = InvoiceStatus.REJECTED
