"""What a process says of its reading processes."""

from collections.abc import Sequence

import structlog

_log = structlog.get_logger()


def log_walls(walls: Sequence[str]) -> None:
    _log.info("reading_confined", walls=[*walls])
