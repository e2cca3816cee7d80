"""Renewing views, a batch at a time."""

from collections.abc import AsyncGenerator

from invoice_summarizer.adapters.memory.view_renewal import MemoryViewRenewal
from invoice_summarizer.ports.invoice_views import RenewedBatch
from invoice_summarizer.use_cases.renew_views import RenewViews


class ThreeBatches(MemoryViewRenewal):
    """Views of three batches are of another version."""

    def __init__(self) -> None:
        self.left = [20, 20, 3]

    async def renew(self) -> AsyncGenerator[RenewedBatch, None]:
        while self.left:
            yield RenewedBatch(self.left.pop(0))


async def always() -> bool:
    return True


async def never() -> bool:
    return False


async def test_all_batches_are_renewed() -> None:
    assert await RenewViews(ThreeBatches())(always) == 43
    assert await RenewViews(MemoryViewRenewal())(always) == 0


async def test_renewing_ends_between_batches() -> None:
    renewal = ThreeBatches()
    assert await RenewViews(renewal)(never) == 20
    assert renewal.left == [20, 3]
