"""The hold of a claim on its operation, which whatever a worker writes of the operation depends on."""

from sqlalchemy import Update, update

from invoice_summarizer.adapters.postgres.tables import operations
from invoice_summarizer.domain.operation import Claim, OperationState


def update_of_held(claim: Claim) -> Update:
    """Returns the update of the operation, which changes nothing where the claim is void."""
    return update(operations).where(
        operations.c.tenant == claim.operation.tenant,
        operations.c.id == claim.operation.id,
        operations.c.fencing_token == claim.fencing_token,
        operations.c.state == OperationState.RUNNING.value,
    )
