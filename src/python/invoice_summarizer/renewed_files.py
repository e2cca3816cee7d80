"""What files hold that others renew while a process runs: keys, certificates, authorities."""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from invoice_summarizer.settings import WrongSetting

LOOK_SECONDS = 1.0

Contents = Mapping[str, bytes]
Held = TypeVar("Held")

_log = structlog.get_logger()


class RenewedFiles(Generic[Held]):
    """`now` returns what the files hold, or did when they could last be used; any thread may ask.

    They are looked at when somebody asks, at most once a second. The log tells of each change once: whether the new
    content is used, or what is wrong with it.
    """

    def __init__(
        self,
        group: str,
        files: Mapping[str, Path],
        parsed: Callable[[Contents], Held],
        *,
        renewed: Callable[[Contents], Held] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`files` and contents are by the variable that names the file; `group` is what these begin with.

        `renewed` takes the place of `parsed` once there is something to keep. Both raise WrongSetting, and so does this,
        where the files cannot be used.
        """
        self._group = group
        self._files = files
        self._renewed = renewed or parsed
        self._clock = clock
        self._lock = threading.Lock()
        self._contents = read_files(files)
        self._held = parsed(self._contents)
        self._looked = clock()
        self._refused: tuple[Contents, str] | None = None

    def now(self) -> Held:
        with self._lock:
            now = self._clock()
            if now - self._looked >= LOOK_SECONDS:
                self._looked = now
                self._look()
            return self._held

    def _look(self) -> None:
        contents: Contents = {}
        try:
            contents = read_files(self._files)
            if contents == self._contents:
                self._refused = None
                return
            if contents != read_files(self._files):
                return  # they change just now, and may not belong together: the next look sees them whole
            self._held = self._renewed(contents)
        except WrongSetting as error:
            refused = contents, str(error)
            if refused != self._refused:
                self._refused = refused
                _log.error("certificates_unusable", problem="; ".join(str(error).splitlines()))
            return
        self._contents, self._refused = contents, None
        _log.info("certificates_renewed", settings=self._group)


def read_files(files: Mapping[str, Path]) -> Contents:
    """Returns what each holds. Raises WrongSetting with each that cannot be read."""
    contents: dict[str, bytes] = {}
    problems: list[tuple[str, str]] = []
    for variable, path in files.items():
        try:
            contents[variable] = path.read_bytes()
        except OSError as error:
            problems.append((variable, f"cannot be read: {error.strerror}"))
    if problems:
        raise WrongSetting(*problems)
    return contents
