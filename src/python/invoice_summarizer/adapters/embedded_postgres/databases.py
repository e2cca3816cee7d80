"""The roles and the database of an embedded server, as an operator would make them on any other."""

import psycopg

SUPERUSER = "postgres"
DATABASE = "invoices"
OWNER = "invoices_owner"
SERVICE = "invoices_service"

_ROLES = (
    (OWNER, "LOGIN CREATEROLE"),
    ("invoices_app", "NOLOGIN NOBYPASSRLS"),
    ("invoices_worker", "NOLOGIN NOBYPASSRLS"),
    (SERVICE, "LOGIN NOINHERIT NOBYPASSRLS IN ROLE invoices_app, invoices_worker"),
)


def prepare_cluster(superuser_dsn: str) -> None:
    """The roles and the empty database are there; those that were there are as they were."""
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        for role, options in _ROLES:
            if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", role):
                connection.execute(f"CREATE ROLE {role} {options}".encode())
        if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}".encode())


def _exists(connection: psycopg.Connection[tuple[object, ...]], query: str, name: str) -> bool:
    return connection.execute(query.encode(), (name,)).fetchone() is not None
