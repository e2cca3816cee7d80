"""The garbage collector stands still while a document is read.

Reading makes some hundred thousand objects that have no cycles and go with their last reference; the collector would
look at all of them, again and again, and find nothing. Of 10,000 lines that is a third of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collections() -> Iterator[None]:
    """No collection runs inside; after it, the collector is as it was."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
