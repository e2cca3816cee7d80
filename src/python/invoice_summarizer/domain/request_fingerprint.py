"""What a request id is bound to (AIP-155): the same id with another fingerprint is a mistake of the caller."""

import hashlib


def request_fingerprint(action: str, *parts: str) -> str:
    """Returns a hash of the action and what it was asked to act on."""
    return hashlib.sha256("\0".join((action, *parts)).encode()).hexdigest()
