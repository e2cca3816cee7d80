"""How long a thread that computes keeps the others of its process waiting."""

import sys

_TURN_SECONDS = 0.0005


def take_short_turns() -> None:
    """A thread that computes gives way to one that waits after half a millisecond.

    Python's own five milliseconds pass at every wait of the event loop, of which a call has several: while a long
    invoice is worked on in a thread, they would be most of what any other call takes.
    """
    sys.setswitchinterval(_TURN_SECONDS)
