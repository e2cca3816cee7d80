"""Time and identity, injected so that they can be told what to be."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]  # aware, UTC
NewId = Callable[[], str]  # unique; fits a resource name's segment


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_uuid() -> str:
    return str(uuid.uuid4())
