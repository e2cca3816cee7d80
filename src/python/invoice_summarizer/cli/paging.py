"""The pages of a list (AIP-158), fetched one after the other."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Protocol, TypeVar

import typer

LARGEST_PAGE_SIZE = 1000  # that the server gives

PageSizeOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=LARGEST_PAGE_SIZE,
        metavar="COUNT",
        help=f"How many to show, 50 unless said; with --all how many to fetch at once, {LARGEST_PAGE_SIZE}.",
        show_default=False,
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Show all of them, on all pages.")]


class Page(Protocol):
    """The answer of a list method."""

    @property
    def next_page_token(self) -> str: ...


PageT = TypeVar("PageT", bound=Page)


async def pages_of(
    fetch: Callable[[str, int], Awaitable[PageT]], size: int
) -> AsyncIterator[PageT]:
    """Yields all pages, each when it is asked for; `fetch` is given the token, which is empty at first, and the size."""
    token = ""
    while True:
        page = await fetch(token, size)
        yield page
        token = page.next_page_token
        if not token:
            return


async def fetched(
    fetch: Callable[[str, int], Awaitable[PageT]], *, page_size: int | None, all_: bool
) -> list[PageT]:
    """Returns the first page, or all of them; `fetch` is that of `pages_of`.

    Where no size is given, the server has its own for one page; for all of them it is the largest.
    """
    if not all_:
        return [await fetch("", page_size or 0)]
    return [page async for page in pages_of(fetch, page_size or LARGEST_PAGE_SIZE)]
