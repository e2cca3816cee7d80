"""The two roles under which everything runs. A login takes one on for each transaction, and loses it at its end."""

from enum import StrEnum


class DatabaseRole(StrEnum):
    APPLICATION = (
        "invoices_app"  # one tenant's rows, the tenant named at the start of the transaction
    )
    # Of all tenants the queue, versions of views and old request ids, and the schedule of tasks; nothing else.
    WORKER = "invoices_worker"
