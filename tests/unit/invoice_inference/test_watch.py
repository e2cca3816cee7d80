"""A port is watched until nobody listens there for good."""

import socket
import threading
import time

from invoice_inference.watch import until_nobody_listens


def listener(port: int = 0) -> socket.socket:
    return socket.create_server(("127.0.0.1", port), reuse_port=False)


def test_watch_ends_when_nobody_listens_any_more_and_not_where_somebody_comes_back() -> None:
    first = listener()
    port: int = first.getsockname()[1]
    ended = threading.Event()

    def watch() -> None:
        until_nobody_listens("127.0.0.1", port, look_seconds=0.1)
        ended.set()

    thread = threading.Thread(target=watch)
    thread.start()
    first.close()
    time.sleep(0.25)  # two or three of the looks
    second = listener(port)
    assert not ended.wait(1.0)
    second.close()
    assert ended.wait(20.0)
    thread.join()
