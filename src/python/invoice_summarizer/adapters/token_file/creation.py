"""The first token of an installation."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from invoice_summarizer.adapters.token_file.token_list import TokenEntry, TokenList
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

    Only the owner can read the two. Raises FileExistsError where the file of tokens is there already.
    """
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    token = secrets.token_urlsafe(32)
    entry = TokenEntry(
        hashlib.sha256(token.encode()).hexdigest(), subject, tenant, frozenset(roles), expires
    )
    listed = msgspec.json.format(msgspec.json.encode(TokenList((entry,))), indent=2)
    # In this order, the file of tokens never stands without the token that it is about.
    _write_private(path.parent / TOKEN_FILE_NAME, token.encode() + b"\n")
    _write_private(path, listed + b"\n")
    return token


def _write_private(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
