"""Brings the database to the newest schema: run once before a new version starts, as the owner of the tables.

The owner's address is in `INVOICES_MIGRATE_DSN`; no service ever has it.
"""

import sys

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from invoice_summarizer.adapters.postgres.migrate import MigrationFailed, migrate, newest_revision
from invoice_summarizer.services.process import EXIT_USAGE, require_no_arguments


class MigrateSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="INVOICES_MIGRATE_", frozen=True)

    dsn: SecretStr = Field(description="libpq URL of the login that owns the tables.")


def main() -> None:
    require_no_arguments("migrate")
    try:
        settings = MigrateSettings()  # type: ignore[call-arg]  # the environment has the value
    except ValidationError:
        print("INVOICES_MIGRATE_DSN: must name the database as its owner", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    try:
        migrate(settings.dsn.get_secret_value())
    except MigrationFailed as error:
        print(f"INVOICES_MIGRATE_DSN: {error}", file=sys.stderr)
        sys.exit(EXIT_USAGE)
    print(f"the schema is of revision {newest_revision()}")


if __name__ == "__main__":
    main()
