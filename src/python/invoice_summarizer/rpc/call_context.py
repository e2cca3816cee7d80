"""Who calls and under which request id, for the time of one call."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from invoice_summarizer.domain.principal import Principal

_principal: ContextVar[Principal] = ContextVar("principal")


def caller() -> Principal:
    """Returns who the credentials of the call under way prove. Raises LookupError outside of a call."""
    return _principal.get()


@contextmanager
def calling(principal: Principal) -> Iterator[None]:
    token = _principal.set(principal)
    try:
        yield
    finally:
        _principal.reset(token)
