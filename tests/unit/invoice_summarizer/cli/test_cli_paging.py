"""Pages are fetched by the token of the one before, as far as they are asked for."""

from dataclasses import dataclass

import pytest

from invoice_summarizer.cli.paging import fetched


@dataclass(frozen=True)
class Page:
    next_page_token: str


PAGES = {"": Page("a"), "a": Page("b"), "b": Page("")}


async def fetch(token: str) -> Page:
    return PAGES[token]


@pytest.mark.parametrize(
    ("all_", "expected"), [(False, [Page("a")]), (True, [Page("a"), Page("b"), Page("")])]
)
async def test_first_page_or_all_of_them_are_fetched(all_: bool, expected: list[Page]) -> None:
    assert await fetched(fetch, all_=all_) == expected
