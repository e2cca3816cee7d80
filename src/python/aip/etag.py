"""Entity tags (AIP-154, RFC 9110 section 8.8.3): what a client has seen, to guard what it changes."""

import base64
import hashlib
import json

_WEAK = "W/"
_ANY = "*"


def etag_of(*parts: str | int) -> str:
    """Returns the strong etag of the parts, in its quotes: the same for the same parts only."""
    digest = hashlib.sha256(json.dumps(parts).encode()).digest()
    return f'"{base64.urlsafe_b64encode(digest[:18]).decode()}"'


def matches(given: str, current: str, *, weakly: bool = False) -> bool:
    """Tells whether a request with the given etag may go on: it gave none, `*`, or the current one.

    A weak etag (`W/"..."`) says that two versions mean the same, not that they are the same. It never matches where
    something is to be changed; with `weakly`, for reads, it counts like a strong one (RFC 9110 section 8.8.3.2).
    """
    if given in ("", _ANY):
        return True
    if weakly:
        return given.removeprefix(_WEAK) == current.removeprefix(_WEAK)
    return given == current and not given.startswith(_WEAK)
