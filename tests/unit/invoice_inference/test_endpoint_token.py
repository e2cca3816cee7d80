"""The endpoint passes on only what shows its token."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from invoice_inference.endpoint_token import TOKEN_VARIABLE, RequireToken

Message = MutableMapping[str, Any]
_RIGHT = (b"authorization", b"Bearer secret")


@pytest.fixture(autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, "secret")


async def test_request_with_the_token_is_passed_on() -> None:
    assert await _status((b"accept", b"*/*"), _RIGHT) == 204


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ((b"authorization", b"Bearer wrong"),),
        ((b"authorization", b"Bearer secret "),),
        ((b"authorization", b"Bearer "),),
        ((b"authorization", b"Basic secret"),),
        ((b"authorization", b"Bearer s\xc3\xa9cret"),),
        (_RIGHT, (b"authorization", b"Bearer wrong")),
    ],
)
async def test_request_without_it_is_refused(headers: tuple[tuple[bytes, bytes], ...]) -> None:
    assert await _status(*headers) == 401


def test_without_a_token_there_is_no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE)
    with pytest.raises(KeyError):
        RequireToken(_no_content)


async def _status(*headers: tuple[bytes, bytes]) -> int:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await RequireToken(_no_content)({"type": "http", "headers": headers}, _receive, send)
    status: int = sent[0]["status"]
    return status


async def _no_content(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})


async def _receive() -> Message:
    return {"type": "http.request"}
