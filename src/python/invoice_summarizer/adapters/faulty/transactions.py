"""Transactions that fail to begin as they are told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from invoice_summarizer.adapters.faulty.faults import Faults
from invoice_summarizer.ports.transactions import Transaction, Transactions


class FaultyTransactions:
    def __init__(self, transactions: Transactions, faults: Faults) -> None:
        self._transactions = transactions
        self._faults = faults

    @asynccontextmanager
    async def begin(self, tenant: str) -> AsyncIterator[Transaction]:
        await self._faults.meet("begin", tenant)
        async with self._transactions.begin(tenant) as transaction:
            yield transaction
