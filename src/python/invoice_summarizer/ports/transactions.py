"""The one transaction boundary: everything between begin and the end of the block happens, or nothing does."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from invoice_summarizer.domain.invoice import Invoice
from invoice_summarizer.domain.operation import Claim, Operation, OperationState
from invoice_summarizer.domain.summary import Summary


class InvoiceRepository(Protocol):
    async def add(self, invoice: Invoice) -> Invoice:
        """Stores a new invoice and returns it.

        Where the tenant has an invoice of the same document already, stores nothing and returns that one, which
        nobody deletes before this transaction ends.
        """

    async def get(self, invoice_id: str, *, lock: bool = False) -> Invoice:
        """Returns the invoice; with `lock`, nobody else changes it before this transaction ends. Raises NotFound."""

    async def has_document(self, sha256: str) -> bool:
        """Tells whether the tenant has an invoice of that document."""

    async def replace(self, invoice: Invoice) -> None:
        """Stores the invoice in place of the version before it (`version` - 1). Raises StaleVersion, NotFound."""

    async def delete(self, invoice_id: str) -> None:
        """The invoice, its summaries and its operations are gone. Raises NotFound."""


class OperationRepository(Protocol):
    async def add(self, operation: Operation) -> None:
        """Stores a new pending operation and wakes a worker once the transaction commits.

        Raises NotFound where its invoice is not there; the transaction can then only end.
        """

    async def get(self, operation_id: str) -> Operation:
        """Raises NotFound."""

    async def latest(self, invoice_id: str) -> Operation:
        """Returns the invoice's newest operation. Raises NotFound."""

    async def page(
        self, *, states: frozenset[OperationState], after: tuple[str, str] | None, limit: int
    ) -> list[Operation]:
        """Returns operations in these states (all where empty), newest first.

        `after` is the create_time (ISO 8601) and id of the last one of the page before.
        """

    async def cancel(self, operation_id: str) -> Operation:
        """The operation is cancelled: no worker will complete it.

        Raises NotFound, OperationNotCancellable where it is done.
        """

    async def require_held(self, claim: Claim) -> None:
        """Raises LeaseLost where the claim is void: fenced off, given back, cancelled or done."""

    async def complete(self, claim: Claim, *, failure_reason: str | None = None) -> None:
        """The claimed operation is done: succeeded, or failed for the reason.

        Raises LeaseLost where the claim's fencing token is no longer the operation's or it was cancelled.
        """


class SummaryRepository(Protocol):
    async def add(self, summary: Summary) -> None:
        """Stores a new summary. Raises NotFound where its invoice is not there; the transaction can then only end."""

    async def get(self, invoice_id: str, summary_id: str) -> Summary:
        """Raises NotFound."""

    async def page(
        self, invoice_id: str, *, after: tuple[str, str] | None, limit: int
    ) -> list[Summary]:
        """Returns the invoice's summaries, newest first; `after` as for operations."""


class RequestLog(Protocol):
    async def record(self, request_id: str, fingerprint: str, operation_id: str) -> str:
        """Binds the request id to the operation, or finds it bound; returns the operation id that it is bound to.

        The operation may be added later in the same transaction; where it is not there at the end, the transaction
        raises NotFound. A binding goes with its operation. Raises RequestIdReused where the id is bound under another
        fingerprint.
        """


class AuditLog(Protocol):
    async def append(self, actor: str, action: str, resource: str, details: str = "") -> None:
        """Adds one entry that nobody can change or remove. `details` holds no content of a document."""


class Transaction(Protocol):
    """One open transaction of one tenant: rows of other tenants are not there."""

    @property
    def invoices(self) -> InvoiceRepository: ...
    @property
    def operations(self) -> OperationRepository: ...
    @property
    def summaries(self) -> SummaryRepository: ...
    @property
    def requests(self) -> RequestLog: ...
    @property
    def audit(self) -> AuditLog: ...


class Transactions(Protocol):
    def begin(self, tenant: str) -> AbstractAsyncContextManager[Transaction]:
        """Opens a transaction that commits at the end of the block, and rolls back where the block raises.

        Raises Unavailable where the store does not answer.
        """
