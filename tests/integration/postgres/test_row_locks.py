"""What one transaction keeps others from, forced into the order in which it matters."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.domain.errors import NotFound, Unavailable
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from storage_fixture import Storage
from storage_samples import TENANT, add_invoice, delete_invoice, received_invoice


@pytest.fixture
def impatient(engine: AsyncEngine) -> PostgresTransactions:
    limits = Limits(lock=timedelta(milliseconds=50))
    return PostgresTransactions(engine, ProtobufViewRenderer(), limits=limits)


async def test_known_document_that_comes_again_is_not_deleted_meanwhile(
    postgres_storage: Storage, impatient: PostgresTransactions
) -> None:
    [operation] = await postgres_storage.add_pending(1)
    again = replace(received_invoice(2), document=received_invoice(1).document)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        known = await transaction.documents.add(again.document)
        [invoice] = await transaction.invoices.of_document(known.sha256)
        with pytest.raises(Unavailable):
            async with impatient.begin(TENANT) as deleting:
                await delete_invoice(deleting, operation.invoice_id)
        assert await transaction.operations.latest([invoice.id]) == operation
        await transaction.requests.record("request", "print", operation.id)
    async with impatient.begin(TENANT) as deleting:
        await delete_invoice(deleting, operation.invoice_id)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.operations.get(operation.id)
        await add_invoice(transaction, again)


async def test_known_document_that_comes_again_does_not_stop_a_change(
    postgres_storage: Storage, impatient: PostgresTransactions
) -> None:
    await postgres_storage.add_pending(1)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        known = await transaction.documents.add(received_invoice(1).document)
        [found] = await transaction.invoices.of_document(known.sha256)
        async with impatient.begin(TENANT) as changing:
            changed = replace(found, version=2, decision_comment="fine")
            await changing.invoices.put_header(changed)
