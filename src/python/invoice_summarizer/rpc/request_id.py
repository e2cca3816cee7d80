"""Request ids of messages (AIP-155), by which a repeated request is recognised."""

from aip.request_id import is_request_id
from invoice_summarizer.domain.errors import InvalidInput


def checked_request_id(request_id: str) -> str:
    """Returns the request id, which may be left out. Raises InvalidInput where it is no UUID."""
    if request_id and not is_request_id(request_id):
        raise InvalidInput("must be a UUID", field="request_id", reason="INVALID_REQUEST_ID")
    return request_id
