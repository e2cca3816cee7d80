"""A DSN that names no PostgreSQL database is refused before anything is opened, and not told."""

import pytest
from pydantic import SecretStr

from invoice_summarizer.ports.long_work import in_a_thread
from invoice_summarizer.processes.database import opened_database
from invoice_summarizer.settings import DatabaseSettings, WrongSetting


@pytest.mark.parametrize(
    "dsn",
    [
        "",
        "hunter2",
        "host=db password=hunter2 dbname=invoices",
        "postgresql://a:hunter2@db:port/invoices",
        "mysql://a:hunter2@db/invoices",
    ],
)
def test_dsn_of_no_postgresql_database_is_refused(dsn: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        opened_database(DatabaseSettings(dsn=SecretStr(dsn)), "query", in_a_thread)
    assert str(caught.value) == "INVOICES_DATABASE__DSN: is no URL of a PostgreSQL database"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_schemes_of_postgresql_are_taken(scheme: str) -> None:
    opened_database(
        DatabaseSettings(dsn=SecretStr(f"{scheme}://a@db/invoices")), "query", in_a_thread
    )
