"""Brings a database's schema to the newest revision."""

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, NullPool, text
from sqlalchemy import create_engine as create_sync_engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from invoice_summarizer.adapters.postgres.engine import WrongDsn, driver_url

_MIGRATIONS = "invoice_summarizer.adapters.postgres.migrations"
_LOCK = 0x1217_01CE  # any number that no other program locks in this database


class MigrationFailed(Exception):
    """The database cannot be reached, or its login cannot make the schema. The message says why, in one line."""


def migrate(owner_dsn: str) -> None:
    """The schema is of the newest revision; the login of the DSN owns what was made.

    Several programs may migrate at once: one does it, the others wait. On a server where the roles of the services
    are missing, the login needs CREATEROLE. Raises MigrationFailed.
    """
    try:
        engine = create_sync_engine(driver_url(owner_dsn), poolclass=NullPool)
    except WrongDsn as error:
        raise MigrationFailed(str(error)) from None
    try:
        # The lock is the session's, for a migration may need several transactions, or none.
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
            connection.commit()
            command.upgrade(_config(connection), "head")
            connection.commit()
    except OperationalError as error:
        # The server's own words: they name host, user and database, and no password.
        raise MigrationFailed(str(error.orig).strip().splitlines()[0]) from None
    except CommandError:
        raise MigrationFailed(
            "the schema is of another version, which is not carried over"
        ) from None
    except ProgrammingError as error:
        raise MigrationFailed(f"the login may not: {str(error.orig).splitlines()[0]}") from None
    finally:
        engine.dispose()


def newest_revision() -> str:
    """Returns the revision to which `migrate` brings a database."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    assert revision is not None
    return revision


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files(_MIGRATIONS)))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
