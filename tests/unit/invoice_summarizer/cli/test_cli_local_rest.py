"""The pause before a gateway that ends by itself is started again."""

from invoice_summarizer.cli.local_rest import pause_after


def test_gateway_that_ends_again_and_again_is_started_ever_later() -> None:
    pauses = [0.0]
    while len(pauses) < 9:
        pauses.append(pause_after(0.1, pauses[-1]))
    assert pauses[1:] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_gateway_that_has_served_for_a_while_is_started_at_once() -> None:
    assert pause_after(60, 32) == 0
    assert pause_after(59, 32) == 60
