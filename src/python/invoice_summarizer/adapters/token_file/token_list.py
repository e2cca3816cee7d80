"""The file of tokens: a JSON object `{"tokens": [...]}` of whom each token proves. It holds hashes, never a token.

    {"sha256": "9f86...", "subject": "ledger", "tenant": "acme", "roles": ["viewer"], "expires": "2027-01-01T00:00:00Z"}

`expires` may be missing; it has an offset. The hash is of a token that cannot be guessed, so it needs no salt.
"""

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

from aip.resource_name import ID_PATTERN
from invoice_summarizer.domain.principal import Principal, Role

_PLACE = re.compile(r" - at `(\$[^`]*)`$")
_FIELD = re.compile(r"field `(\w+)`")
_BYTE = re.compile(r"byte [0-9]+")
_MUST_BE = {
    "tokens": "a list of objects",
    "sha256": "64 lower-case hex digits",
    "subject": "a text",
    "tenant": "1 to 63 lower-case letters, digits and inner hyphens",
    "roles": f"of {', '.join(Role)}",
    "expires": "a time with its offset",
}


class TokenFileError(Exception):
    """The file cannot be read as a list of tokens. The message names the file and holds nothing of it."""


class TokenEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    subject: Annotated[str, msgspec.Meta(min_length=1)]
    # A tenant that no resource name can have could do nothing.
    tenant: Annotated[str, msgspec.Meta(pattern=rf"^(?:{ID_PATTERN})\Z")]
    roles: frozenset[Role]
    expires: Annotated[datetime, msgspec.Meta(tz=True)] | None = None

    def principal(self) -> Principal:
        return Principal(subject=self.subject, tenant=self.tenant, roles=self.roles)


class TokenList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    tokens: tuple[TokenEntry, ...]


def read_token_list(path: Path) -> TokenList:
    """Raises TokenFileError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TokenFileError(f"cannot read {path}: {error.strerror}") from None
    return decode_token_list(data, path)


def decode_token_list(data: bytes, path: Path) -> TokenList:
    """Returns the list that the bytes are; `path` is for the message. Raises TokenFileError."""
    try:
        return msgspec.json.decode(data, type=TokenList)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TokenFileError(f"{path} is no list of tokens: {_why(error)}") from None


def _why(error: Exception) -> str:
    """Returns what is wrong and where, without a word of the file."""
    text = str(error)
    if not isinstance(error, msgspec.ValidationError):
        at = _BYTE.search(text)
        return f"it is no JSON{f', {at[0]}' if at else ''}"
    place = _PLACE.search(text)
    at_place = place[1].removeprefix("$.") if place and place[1] != "$" else "its object"
    if "missing required field" in text and (field := _FIELD.search(text)):
        return f"{at_place} has no {field[1]}"
    if "unknown field" in text:
        return f"{at_place} has a field that there is not"
    name = re.sub(r"\[[^]]*\]", "", at_place).rpartition(".")[2]
    return f"{at_place} must be {_MUST_BE.get(name, 'an object')}"
