"""Waits until an operation is done."""

import asyncio
from datetime import timedelta

from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.operation_completions import OperationCompletions
from invoice_summarizer.ports.transactions import Transactions

# A completion wakes whoever waits; this is for the wake-up that is lost.
LOOK_AGAIN = timedelta(seconds=2)


class WaitForOperation:
    """Returns the operation once it is done, or as it stands when the time is over. Raises NotFound."""

    def __init__(self, transactions: Transactions, completions: OperationCompletions) -> None:
        self._transactions = transactions
        self._completions = completions

    async def __call__(
        self, principal: Principal, operation_id: str, timeout: timedelta
    ) -> Operation:
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout.total_seconds()
        async with self._completions.of(operation_id) as woken:
            while True:
                async with self._transactions.begin(principal.tenant) as transaction:
                    operation = await transaction.operations.get(operation_id)
                left = timedelta(seconds=end - loop.time())
                if operation.state.done or left <= timedelta(0):
                    return operation
                await woken(min(left, LOOK_AGAIN))
