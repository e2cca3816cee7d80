"""The database that the settings name."""

from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from invoice_summarizer.adapters.postgres.database import PostgresDatabase
from invoice_summarizer.adapters.postgres.database import opened_database as opened
from invoice_summarizer.adapters.postgres.engine import PoolSettings, WrongDsn, driver_url
from invoice_summarizer.adapters.postgres.scope import Limits
from invoice_summarizer.ports.long_work import LongWork
from invoice_summarizer.ports.wake_ups import WakeUps
from invoice_summarizer.processes.named_things import Looks
from invoice_summarizer.rpc.invoice_views import ProtobufViewRenderer
from invoice_summarizer.settings import DatabaseSettings, WrongSetting

_VARIABLE = "INVOICES_DATABASE__DSN"


def opened_database(
    settings: DatabaseSettings,
    application_name: str,
    work: LongWork,
    wake_ups: WakeUps | None = None,
) -> AbstractAsyncContextManager[PostgresDatabase]:
    """Opens the database until the block ends. Raises WrongSetting where the settings name none."""
    dsn = settings.dsn.get_secret_value()
    require_dsn(dsn)
    return opened(
        dsn,
        ProtobufViewRenderer(),
        work,
        application_name=application_name,
        pool=PoolSettings(
            pool_size=settings.pool_size,
            max_overflow=settings.max_overflow,
            pool_timeout_seconds=settings.pool_timeout_seconds,
        ),
        limits=Limits(statement=timedelta(seconds=settings.statement_timeout_seconds)),
        wake_ups=wake_ups,
    )


def require_dsn(dsn: str) -> None:
    """Raises WrongSetting where the DSN names no PostgreSQL."""
    try:
        driver_url(dsn)
    except WrongDsn as error:
        raise WrongSetting((_VARIABLE, str(error))) from None


DATABASE_LOOKS: Looks = {(_VARIABLE,): require_dsn}
