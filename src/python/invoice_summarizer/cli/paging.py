"""The pages of a list (AIP-158), fetched one after the other."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Protocol, TypeVar

import typer

LARGEST_PAGE_SIZE = 1000  # that the server gives

PageSizeOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=LARGEST_PAGE_SIZE,
        help="How many to show; with --all, how many to fetch at once.",
        show_default=f"50, with --all {LARGEST_PAGE_SIZE}",
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Show all of them, on all pages.")]


class Page(Protocol):
    """The answer of a list method."""

    @property
    def next_page_token(self) -> str: ...


PageT = TypeVar("PageT", bound=Page)


async def fetched(
    fetch: Callable[[str, int], Awaitable[PageT]], *, page_size: int | None, all_: bool
) -> list[PageT]:
    """Returns the first page, or all of them; `fetch` is given the token of each, which is empty at first, and a size.

    Where no size is given, the server has its own for one page; for all of them it is the largest.
    """
    size = page_size or (LARGEST_PAGE_SIZE if all_ else 0)
    pages = [await fetch("", size)]
    while all_ and (token := pages[-1].next_page_token):
        pages.append(await fetch(token, size))
    return pages
