"""Waits until an operation is done."""

import asyncio
from datetime import timedelta

from invoice_summarizer.domain.operation import Operation
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.transactions import Transactions

_FIRST_PAUSE = timedelta(milliseconds=20)
_LONGEST_PAUSE = timedelta(seconds=1)


class WaitForOperation:
    """Returns the operation once it is done, or as it stands when the time is over. Raises NotFound."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def __call__(
        self, principal: Principal, operation_id: str, timeout: timedelta
    ) -> Operation:
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout.total_seconds()
        pause = _FIRST_PAUSE
        while True:
            async with self._transactions.begin(principal.tenant) as transaction:
                operation = await transaction.operations.get(operation_id)
            left = end - loop.time()
            if operation.state.done or left <= 0:
                return operation
            await asyncio.sleep(min(pause.total_seconds(), left))
            pause = min(pause * 2, _LONGEST_PAUSE)
