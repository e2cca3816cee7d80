"""What the pictures of one document may cost together, of which several may be read at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from invoice_summarizer.ports.document_reader import ReadingLimit, ReadingLimitExceeded


@dataclass(slots=True)
class Allowed:
    """What one page may use. What it has used is entered, and is all of it where nobody says."""

    seconds: float
    used: float | None = None


class Budget:
    """Seconds of a document. A page gets what is left, `most_each` at most, and none begins where nothing is.

    What goes beyond it is what the pages use that were begun before it was over.
    """

    def __init__(self, limit: ReadingLimit, seconds: float, most_each: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._most_each = most_each
        self._used = 0.0

    @contextmanager
    def page(self) -> Iterator[Allowed]:
        """Yields what the next page may use.

        Raises ReadingLimitExceeded, of the whole document, where nothing is left, and where the page meets that limit.
        """
        left = self._seconds - self._used
        if left <= 0:
            raise self._exceeded()
        allowed = Allowed(min(left, self._most_each))
        try:
            yield allowed
        except ReadingLimitExceeded as error:
            if error.limit is self._limit:
                raise self._exceeded() from None
            raise
        finally:
            used = allowed.used
            is_told = used is not None and 0 <= used <= allowed.seconds
            self._used += used if is_told and used is not None else allowed.seconds

    def _exceeded(self) -> ReadingLimitExceeded:
        return ReadingLimitExceeded(self._limit, self._seconds)
