"""The connection pool."""

from dataclasses import dataclass

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from invoice_summarizer.adapters.postgres.column_types import json_as_bytes, json_as_it_is

_SCHEMES = frozenset({"postgresql", "postgres"})  # as libpq has them


class WrongDsn(Exception):
    """The text is no URL of a PostgreSQL database. It is not told: it may hold a password."""

    def __init__(self) -> None:
        super().__init__("is no URL of a PostgreSQL database")


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSettings:
    pool_size: int = 10
    max_overflow: int = 5
    pool_timeout_seconds: float = 10.0
    connect_timeout_seconds: int = 5
    recycle_seconds: int = 1800


def create_engine(
    dsn: str, *, application_name: str, settings: PoolSettings | None = None
) -> AsyncEngine:
    """Returns an engine that connects when first used; `dispose` closes what it opened.

    The login of the DSN has to be a member of the roles that the migrations make, and needs no right of its own.
    """
    settings = settings or PoolSettings()
    connect_timeout = {"connect_timeout": str(settings.connect_timeout_seconds)}
    return create_async_engine(
        # In the URL, so that it holds for whoever connects by `plain_dsn` too.
        driver_url(dsn).update_query_dict(connect_timeout),
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_timeout=settings.pool_timeout_seconds,
        pool_recycle=settings.recycle_seconds,
        hide_parameters=True,  # they hold content of documents, and error texts must not
        json_serializer=json_as_it_is,
        json_deserializer=json_as_bytes,
        connect_args={"application_name": application_name},
    )


def driver_url(dsn: str) -> URL:
    """Returns the DSN for SQLAlchemy with psycopg 3. Raises WrongDsn."""
    try:
        url = make_url(dsn)
    except (ArgumentError, ValueError):  # ValueError where the port is no number
        raise WrongDsn from None
    if url.get_backend_name() not in _SCHEMES:
        raise WrongDsn
    return url.set(drivername="postgresql+psycopg")


def plain_dsn(engine: AsyncEngine) -> str:
    """Returns the DSN as libpq reads it, with the engine's limit on how long connecting may take."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
