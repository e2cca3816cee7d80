"""The pages of a list (AIP-158), fetched one after the other."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar


class Page(Protocol):
    """The answer of a list method."""

    @property
    def next_page_token(self) -> str: ...


PageT = TypeVar("PageT", bound=Page)


async def fetched(fetch: Callable[[str], Awaitable[PageT]], *, all_: bool) -> list[PageT]:
    """Returns the first page, or all of them; `fetch` is given the token of each, which is empty at first."""
    pages = [await fetch("")]
    while all_ and (token := pages[-1].next_page_token):
        pages.append(await fetch(token))
    return pages
