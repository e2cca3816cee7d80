"""Renders again what an earlier version of the program has rendered."""

from contextlib import aclosing

import structlog

from invoice_summarizer.ports.invoice_views import ViewRenewal
from invoice_summarizer.use_cases.housekeeping import GoOn

_log = structlog.get_logger()


class RenewViews:
    """Renews the stored views of other versions that this one can read, unless `go_on` says no before.

    Returns how many it renewed.
    """

    def __init__(self, renewal: ViewRenewal) -> None:
        self._renewal = renewal

    async def __call__(self, go_on: GoOn) -> int:
        renewed = 0
        async with aclosing(self._renewal.renew()) as batches:
            async for batch in batches:
                renewed += batch.renewed
                for invoice_id in batch.unreadable:
                    _log.warning("view_not_renewed", invoice=invoice_id)
                if not await go_on():
                    break
        return renewed
