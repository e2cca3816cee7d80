import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aip.errors import PageSizeError, PageTokenError
from aip.page_token import Cursor, PageTokenCodec, page_size

CODEC = PageTokenCodec(b"k" * 32)
URL_SAFE = string.ascii_letters + string.digits + "-_"

cursors = st.lists(st.one_of(st.none(), st.text())).map(tuple)
requests = st.binary(max_size=40)


@given(cursors, requests)
def test_cursor_comes_back_and_the_token_fits_in_a_url(cursor: Cursor, request: bytes) -> None:
    token = CODEC.encode(cursor, request)
    assert set(token) <= set(URL_SAFE)
    assert CODEC.decode(token, request) == cursor


@given(cursors, requests, st.data())
def test_token_with_one_other_character_is_refused(
    cursor: Cursor, request: bytes, data: st.DataObject
) -> None:
    token = CODEC.encode(cursor, request)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.one_of(st.sampled_from(URL_SAFE + "+/= \n"), st.characters()))
    assume(other != token[place])
    with pytest.raises(PageTokenError):
        CODEC.decode(token[:place] + other + token[place + 1 :], request)


@pytest.mark.parametrize("cursor", [("a",), ("ab",), ("abc",), (None,)])
def test_every_other_spelling_of_the_last_character_is_refused(cursor: Cursor) -> None:
    token = CODEC.encode(cursor, b"")
    for last in set(URL_SAFE) - {token[-1]}:
        with pytest.raises(PageTokenError):
            CODEC.decode(token[:-1] + last, b"")


@given(cursors, requests, requests)
def test_token_of_another_request_is_refused(cursor: Cursor, first: bytes, second: bytes) -> None:
    assume(first != second)
    with pytest.raises(PageTokenError):
        CODEC.decode(CODEC.encode(cursor, first), second)


@given(cursors, requests, st.data())
def test_request_with_one_other_byte_is_refused(
    cursor: Cursor, rest: bytes, data: st.DataObject
) -> None:
    request = b"r" + rest
    place = data.draw(st.integers(0, len(request) - 1))
    change = data.draw(st.integers(1, 255))
    changed = bytearray(request)
    changed[place] ^= change
    with pytest.raises(PageTokenError):
        CODEC.decode(CODEC.encode(cursor, request), bytes(changed))


@given(cursors, requests, st.text(max_size=3))
def test_token_that_is_longer_or_shorter_is_refused(
    cursor: Cursor, request: bytes, more: str
) -> None:
    token = CODEC.encode(cursor, request)
    for changed in (token + (more or "="), token[:-1], token + "==", f" {token}"):
        with pytest.raises(PageTokenError):
            CODEC.decode(changed, request)


@given(st.one_of(st.text(), st.text(URL_SAFE)))
def test_text_that_we_did_not_make_is_refused(text: str) -> None:
    with pytest.raises(PageTokenError):
        CODEC.decode(text, b"")


def test_token_of_another_key_is_refused() -> None:
    with pytest.raises(PageTokenError):
        PageTokenCodec(b"l" * 32).decode(CODEC.encode(("a",), b""), b"")


def test_short_key_is_refused_and_no_key_is_shown() -> None:
    with pytest.raises(ValueError, match="has 32 bytes"):
        PageTokenCodec(b"k" * 31)
    assert "kkk" not in repr(CODEC)


@pytest.mark.parametrize(
    ("requested", "expected"),
    [(0, 50), (1, 1), (49, 49), (1000, 1000), (1001, 1000), (2**31, 1000)],
)
def test_page_size_is_the_default_or_what_is_requested_up_to_the_maximum(
    requested: int, expected: int
) -> None:
    assert page_size(requested, default=50, maximum=1000) == expected


def test_negative_page_size_is_refused() -> None:
    with pytest.raises(PageSizeError) as refused:
        page_size(-1, default=50, maximum=1000)
    assert refused.value.requested == -1
