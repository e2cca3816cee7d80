"""What a process says where being woken by the database fails for a reason that is no outage."""

import structlog

from invoice_summarizer.domain.error_place import place_of

_log = structlog.get_logger()


def log_listening_failure(error: Exception) -> None:
    """Whoever waits polls meanwhile, so that nothing ends for it; the error is logged without its text."""
    # It may hold what a notification said.
    _log.error("listening_failed", error=type(error).__name__, place=place_of(error))
