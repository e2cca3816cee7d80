"""Request ids (AIP-155): the client's own mark of a request, by which a repeated one is recognised."""

import re

_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.I)


def is_request_id(text: str) -> bool:
    """Tells whether the text is a random UUID (version 4 of RFC 9562) in its usual form, in either case."""
    return _UUID4.fullmatch(text) is not None
