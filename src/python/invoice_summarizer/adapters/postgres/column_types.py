"""How values go into columns and come back."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB

from invoice_summarizer.adapters.postgres.storable_text import storable_text


class StorableText(TypeDecorator[str]):
    """Text by code point order, whatever the database's locale; what PostgreSQL cannot store is replaced."""

    impl = Text
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(collation="C")

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable_text(value)


class UtcTimestamp(TypeDecorator[datetime]):
    """A point in time; comes back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


class JsonDocument(TypeDecorator[bytes]):
    """JSON as text: `json_records` encodes and decodes it, so no driver builds objects on the way."""

    impl = JSONB
    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)


def json_as_it_is(value: bytes) -> bytes:
    """The driver's half of JsonDocument on the way in: no copy, of which one may have forty megabytes."""
    return value


def json_as_bytes(value: str | bytes) -> bytes:
    """The driver's half of JsonDocument on the way back."""
    return value.encode() if isinstance(value, str) else bytes(value)
