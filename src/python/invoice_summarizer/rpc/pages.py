"""Pages of lists: where one ended, as its token says, so that the next can begin there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from aip.errors import PageTokenError
from aip.page_token import PageTokenCodec

DEFAULT_PAGE_SIZE = 50
MAXIMUM_PAGE_SIZE = 1000


class Timed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def create_time(self) -> datetime: ...


def time_cursor(codec: PageTokenCodec, token: str, scope: bytes) -> tuple[str, str] | None:
    """Returns where the page before ended, None for the first page. Raises PageTokenError."""
    if not token:
        return None
    match codec.decode(token, scope):
        case (str() as time, str() as last_id):
            return time, last_id
    raise PageTokenError


def event_cursor(codec: PageTokenCodec, token: str, scope: bytes) -> str | None:
    """Returns the id of the last event of the page before, None for the first page. Raises PageTokenError."""
    if not token:
        return None
    match codec.decode(token, scope):
        case (str() as last_id,):
            return last_id
    raise PageTokenError


def ordinal_cursor(codec: PageTokenCodec, token: str, scope: bytes) -> int | None:
    """Returns the ordinal of the last item of the page before, None for the first page. Raises PageTokenError."""
    last = event_cursor(codec, token, scope)
    return None if last is None else int(last)


def line_cursor(codec: PageTokenCodec, token: str, scope: bytes) -> tuple[int, str | None]:
    """Returns the index of the first line of the page, and the etag of the invoice whose lines the pages before had.

    Raises PageTokenError.
    """
    if not token:
        return 0, None
    match codec.decode(token, scope):
        case (str() as first, str() as etag):
            return int(first), etag
    raise PageTokenError


def next_time_token(codec: PageTokenCodec, found: Sequence[Timed], size: int, scope: bytes) -> str:
    """Returns the token behind the first `size` rows found, empty where there are no more."""
    if len(found) <= size:
        return ""
    last = found[size - 1]
    return codec.encode((last.create_time.isoformat(), last.id), scope)
