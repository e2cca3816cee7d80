"""What the database's errors mean to callers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import psycopg_pool
from psycopg import errors
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from invoice_summarizer.domain.errors import (
    Conflict,
    InvoiceSummarizerError,
    NotFound,
    Unavailable,
)

# Operators search the logs for these words.
_POOL_TIMEOUT = "Connection pool timeout"


class DatabaseRefused(InvoiceSummarizerError):
    """The database refused a statement: a defect of this program. The message names no value."""


class Contended(Unavailable):
    """Another transaction was in the way (deadlock, serialization); the same may succeed at once when tried again."""


@asynccontextmanager
async def translated_errors() -> AsyncIterator[None]:
    """Turns errors of the database into ours.

    The database's own messages quote values of rows, so they are left behind here.
    """
    try:
        yield
    except PoolTimeout:
        raise Unavailable(f"{_POOL_TIMEOUT}: all connections to the database are in use") from None
    except (OperationalError, InterfaceError) as error:
        if isinstance(error.orig, errors.SerializationFailure | errors.DeadlockDetected):
            raise Contended("another transaction was in the way") from None
        raise Unavailable(f"the database does not answer ({_sqlstate(error.orig)})") from None
    except IntegrityError as error:
        if isinstance(error.orig, errors.ForeignKeyViolation):
            raise NotFound("what it belongs to is not there") from None
        if isinstance(error.orig, errors.UniqueViolation):
            raise Conflict("there is one already") from None
        raise _refused(error) from None
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable("the connection to the database was lost") from None
        raise _refused(error) from None


@asynccontextmanager
async def translated_driver_errors() -> AsyncIterator[None]:
    """Turns errors of psycopg and its pool into ours, where SQLAlchemy is not in between."""
    try:
        yield
    except psycopg_pool.PoolTimeout:
        raise Unavailable(f"{_POOL_TIMEOUT}: no connection to the database was free") from None
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise Unavailable(f"the database does not answer ({_sqlstate(error)})") from None
    except psycopg.Error as error:
        raise DatabaseRefused(f"the database refused a statement ({_sqlstate(error)})") from None


def _refused(error: DBAPIError) -> DatabaseRefused:
    return DatabaseRefused(
        f"the database refused a statement ({_sqlstate(error.orig)}): {error.statement}"
    )


def _sqlstate(cause: BaseException | None) -> str:
    if not isinstance(cause, errors.Error):
        return type(cause).__name__
    place = cause.diag.constraint_name or cause.diag.table_name or ""
    return f"{type(cause).__name__} {cause.sqlstate or ''} {place}".strip()
