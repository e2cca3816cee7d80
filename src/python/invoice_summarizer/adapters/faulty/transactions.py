"""Transactions that fail to begin as they are told."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from invoice_reading.reading import Reading
from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.ports.stored_reading import StoredReading
from invoice_summarizer.ports.transactions import Transaction, Transactions


class FaultyTransactions:
    def __init__(self, transactions: Transactions, faults: Faults) -> None:
        self._transactions = transactions
        self._faults = faults

    @property
    def storable(self) -> Callable[[Reading], StoredReading]:
        return self._transactions.storable

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        await self._faults.meet("begin", tenant)
        async with self._transactions.begin(tenant) as transaction:
            yield transaction
