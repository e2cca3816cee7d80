"""Whom a bearer token proves, by a file that an operator keeps."""

import hashlib
import hmac
from pathlib import Path

from invoice_summarizer.adapters.token_file.token_list import (
    TokenEntry,
    TokenFileError,
    read_token_list,
)
from invoice_summarizer.domain.errors import Unavailable
from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.clock import Clock, utc_now

_LONGEST_TOKEN = 4096

_Version = tuple[int, int, int]


class TokenFileVerifier:
    """Reads the file when it is made (TokenFileError where it cannot) and again whenever the file was changed.

    A changed file that cannot be read makes every token Unavailable: the tokens of before may have been withdrawn.
    """

    def __init__(self, path: Path, *, clock: Clock = utc_now) -> None:
        self._path = path
        self._clock = clock
        self._version = _version(path)
        self._entries = read_token_list(path).tokens

    async def verify(self, token: str) -> Principal | None:
        entries = self._current_entries()
        if len(token) > _LONGEST_TOKEN:
            return None
        digest = hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
        found: TokenEntry | None = None
        # Every entry is compared, in the same time: how long it takes says nothing of the tokens.
        for entry in entries:
            if hmac.compare_digest(entry.sha256, digest):
                found = entry
        if found is None or (found.expires is not None and found.expires <= self._clock()):
            return None
        return found.principal()

    def problem(self) -> str:
        """Returns which file cannot be read, and why; nothing where it can."""
        try:
            self._renew()
        except TokenFileError as error:
            return str(error)
        return ""

    def _current_entries(self) -> tuple[TokenEntry, ...]:
        try:
            self._renew()
        except TokenFileError as error:
            raise Unavailable(str(error)) from None
        return self._entries

    def _renew(self) -> None:
        """Raises TokenFileError."""
        version = _version(self._path)
        if version != self._version:
            self._entries = read_token_list(self._path).tokens
            self._version = version


def _version(path: Path) -> _Version:
    try:
        found = path.stat()
    except OSError as error:
        raise TokenFileError(f"cannot read {path}: {error.strerror}") from None
    return found.st_mtime_ns, found.st_size, found.st_ino
