"""What one transaction keeps others from, forced into the order in which it matters."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.adapters.postgres.transactions import PostgresTransactions
from invoice_summarizer.domain.errors import NotFound, Unavailable
from storage_fixture import Storage
from storage_samples import TENANT, received_invoice


async def test_known_document_that_comes_again_is_not_deleted_meanwhile(
    postgres_storage: Storage, engine: AsyncEngine
) -> None:
    impatient = PostgresTransactions(engine, limits=Limits(lock=timedelta(milliseconds=50)))
    [operation] = await postgres_storage.add_pending(1)
    again = replace(received_invoice(2), document=received_invoice(1).document)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        assert (await transaction.invoices.add(again)).id == operation.invoice_id
        with pytest.raises(Unavailable):
            async with impatient.begin(TENANT) as deleting:
                await deleting.invoices.delete(operation.invoice_id)
        assert await transaction.operations.latest(operation.invoice_id) == operation
        await transaction.requests.record("request", "print", operation.id)
    async with impatient.begin(TENANT) as deleting:
        await deleting.invoices.delete(operation.invoice_id)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        with pytest.raises(NotFound):
            await transaction.operations.get(operation.id)
        assert await transaction.invoices.add(again) == again


async def test_known_document_that_comes_again_does_not_stop_a_change(
    postgres_storage: Storage, engine: AsyncEngine
) -> None:
    impatient = PostgresTransactions(engine, limits=Limits(lock=timedelta(milliseconds=50)))
    await postgres_storage.add_pending(1)
    again = replace(received_invoice(2), document=received_invoice(1).document)
    async with postgres_storage.transactions.begin(TENANT) as transaction:
        found = await transaction.invoices.add(again)
        async with impatient.begin(TENANT) as changing:
            await changing.invoices.replace(replace(found, version=2, decision_comment="fine"))
