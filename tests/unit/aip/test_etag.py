import pytest
from hypothesis import given
from hypothesis import strategies as st

from aip.etag import etag_of, matches

parts = st.lists(st.one_of(st.text(), st.integers()), max_size=4)


@given(parts, parts)
def test_etags_are_equal_exactly_where_the_parts_are(
    first: list[str | int], second: list[str | int]
) -> None:
    assert (etag_of(*first) == etag_of(*second)) == (first == second)
    assert etag_of(*first) == etag_of(*first)


@pytest.mark.parametrize(
    ("first", "second"), [(("ab", "c"), ("a", "bc")), ((1,), ("1",)), ((), ("",))]
)
def test_parts_do_not_run_together(
    first: tuple[str | int, ...], second: tuple[str | int, ...]
) -> None:
    assert etag_of(*first) != etag_of(*second)


def test_etag_is_quoted_as_http_wants_it() -> None:
    etag = etag_of("invoice", 3)
    assert etag[0] == etag[-1] == '"'
    assert '"' not in etag[1:-1]
    assert etag.isascii() and etag.isprintable()


CURRENT = etag_of("a", 1)
OTHER = etag_of("a", 2)


@pytest.mark.parametrize(
    ("given_etag", "strongly", "weakly"),
    [
        ("", True, True),
        ("*", True, True),
        (CURRENT, True, True),
        ("W/" + CURRENT, False, True),
        (OTHER, False, False),
        ("W/" + OTHER, False, False),
        (CURRENT.strip('"'), False, False),
        ("w/" + CURRENT, False, False),
    ],
)
def test_weak_etags_match_for_reads_only(given_etag: str, strongly: bool, weakly: bool) -> None:
    assert matches(given_etag, CURRENT) is strongly
    assert matches(given_etag, CURRENT, weakly=True) is weakly


def test_nothing_matches_a_weak_current_etag_strongly() -> None:
    assert not matches("W/" + CURRENT, "W/" + CURRENT)
    assert not matches(CURRENT, "W/" + CURRENT)
    assert matches(CURRENT, "W/" + CURRENT, weakly=True)
