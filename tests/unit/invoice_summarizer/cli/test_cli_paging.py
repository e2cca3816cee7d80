"""Pages are fetched by the token of the one before, as far as they are asked for, and no more often than needed."""

from dataclasses import dataclass

import pytest

from invoice_summarizer.cli.paging import LARGEST_PAGE_SIZE, fetched
from invoice_summarizer.rpc.pages import MAXIMUM_PAGE_SIZE


@dataclass(frozen=True)
class Page:
    next_page_token: str
    size: int = 0


NEXT = {"": "a", "a": "b", "b": ""}


async def fetch(token: str, size: int) -> Page:
    return Page(NEXT[token], size)


async def test_first_page_has_the_size_of_the_server_unless_one_is_said() -> None:
    assert await fetched(fetch, page_size=None, all_=False) == [Page("a", 0)]
    assert await fetched(fetch, page_size=7, all_=False) == [Page("a", 7)]


@pytest.mark.parametrize(("said", "size"), [(None, LARGEST_PAGE_SIZE), (7, 7)])
async def test_all_pages_are_as_large_as_they_can_be_unless_a_size_is_said(
    said: int | None, size: int
) -> None:
    assert await fetched(fetch, page_size=said, all_=True) == [
        Page("a", size),
        Page("b", size),
        Page("", size),
    ]


def test_largest_page_is_that_of_the_server() -> None:
    assert LARGEST_PAGE_SIZE == MAXIMUM_PAGE_SIZE
