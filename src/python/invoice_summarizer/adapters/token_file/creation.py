"""New tokens: the first of an installation, and those that are added to it."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from invoice_summarizer.adapters.token_file.token_list import (
    TokenEntry,
    TokenFileError,
    TokenList,
    decode_token_list,
    read_token_list,
)
from invoice_summarizer.domain.principal import Role

TOKEN_FILE_NAME = "token"


def create_token_file(
    path: Path,
    *,
    subject: str,
    tenant: str,
    roles: Iterable[Role],
    expires: datetime | None = None,
) -> str:
    """Makes the file with one new token, which it returns and writes beside it, into the file `token`.

    Only the owner can read the two. Raises FileExistsError where the file of tokens is there already, and
    TokenFileError as `add_token` does.
    """
    if path.exists():
        raise FileExistsError(path)
    token, entry = _new_token(subject, tenant, roles, expires)
    listed = _listed(path, (entry,))
    path.parent.mkdir(parents=True, exist_ok=True)
    # In this order, the file of tokens never stands without the token that it is about.
    _write_private(path.parent / TOKEN_FILE_NAME, token.encode() + b"\n")
    _write_private(path, listed)
    return token


def add_token(
    path: Path,
    *,
    subject: str,
    tenant: str,
    roles: Iterable[Role],
    expires: datetime | None = None,
) -> str:
    """Adds a new token to the file, which it makes where there is none, and returns the token: it stands nowhere else.

    Servers that read the file see it whole, before or after; of several calls at once none loses another's token.
    Raises TokenFileError where the file is no list of tokens, or subject or tenant are none that a token can have, and
    OSError where its folder is not there: a misspelt one must not get a file that no server reads.
    """
    token, entry = _new_token(subject, tenant, roles, expires)
    _listed(path, (entry,))
    with _locked(path.parent):
        known = read_token_list(path).tokens if path.exists() else ()
        _write_private(path, _listed(path, (*known, entry)))
    return token


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keeps out others that add to a file in the folder. The lock is on the folder: the file itself gets replaced."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _new_token(
    subject: str, tenant: str, roles: Iterable[Role], expires: datetime | None
) -> tuple[str, TokenEntry]:
    token = secrets.token_urlsafe(32)
    sha256 = hashlib.sha256(token.encode()).hexdigest()
    return token, TokenEntry(sha256, subject, tenant, frozenset(roles), expires)


def _listed(path: Path, entries: tuple[TokenEntry, ...]) -> bytes:
    encoded = msgspec.json.encode(TokenList(entries))
    try:
        decode_token_list(encoded, path)
    except TokenFileError:
        raise TokenFileError(
            "a token has a subject, and a tenant of 1 to 63 lower-case letters, digits and inner hyphens"
        ) from None
    return msgspec.json.format(encoded, indent=2) + b"\n"


def _write_private(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
