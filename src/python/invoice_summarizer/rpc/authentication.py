"""Who stands behind a call: the bearer token in its metadata (RFC 6750)."""

from collections.abc import Sequence

import grpc

from invoice_summarizer.domain.principal import Principal
from invoice_summarizer.ports.token_verifier import TokenVerifier
from invoice_summarizer.rpc.errors import CallRefused

_SCHEME = "bearer "


async def authenticate(authorizations: Sequence[str], tokens: TokenVerifier) -> Principal:
    """Returns who calls, by the `authorization` metadata of the call.

    Raises CallRefused with UNAUTHENTICATED where there is no token, more than one, or one that proves nobody.
    """
    if len(authorizations) > 1:
        # What stands before us may have looked at the other one.
        raise CallRefused(
            grpc.StatusCode.UNAUTHENTICATED,
            "CREDENTIALS_AMBIGUOUS",
            "the call has authorization metadata more than once",
        )
    header = authorizations[0] if authorizations else ""
    if header[: len(_SCHEME)].lower() != _SCHEME:
        raise CallRefused(
            grpc.StatusCode.UNAUTHENTICATED,
            "CREDENTIALS_MISSING",
            "the call has no bearer token in its authorization metadata",
        )
    principal = await tokens.verify(header[len(_SCHEME) :].strip())
    if principal is None:
        raise CallRefused(
            grpc.StatusCode.UNAUTHENTICATED,
            "CREDENTIALS_INVALID",
            "the bearer token is not known or no longer good",
        )
    return principal
