"""An address is written as gRPC reads it, and a socket can listen there under each of its spellings."""

import socket

import pytest

from invoice_summarizer.listening_address import address_of, listening_family


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1:7"),
        ("localhost", "localhost:7"),
        ("::1", "[::1]:7"),
        ("[::1]", "[::1]:7"),
        ("::", "[::]:7"),
    ],
)
def test_ipv6_stands_in_brackets(host: str, address: str) -> None:
    assert address_of(host, 7) == address


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_address_that_can_be_had_is_left_free(host: str) -> None:
    family = listening_family("INVOICES_HTTP", host, 0)
    assert family in (socket.AF_INET, socket.AF_INET6)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert listening_family("INVOICES_HTTP", "127.0.0.1", port) is socket.AF_INET
    socket.create_server(("127.0.0.1", port)).close()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="the machine has no IPv6")
@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_ipv6_can_be_listened_on_with_brackets_and_without(host: str) -> None:
    assert listening_family("INVOICES_HTTP", host, 0) is socket.AF_INET6
