"""What is not found because the token is of another tenant than the name: said from what is known here, as no server tells."""

import hashlib
from pathlib import Path

from invoice_summarizer.adapters.token_file.token_list import TokenFileError, read_token_list
from invoice_summarizer.cli.failures import CallFailed


def tenant_of(token: str, token_list: Path) -> str:
    """Returns the tenant that the list, which `serve` keeps beside its token, says of the token; nothing where it does not."""
    try:
        entries = read_token_list(token_list).tokens
    except TokenFileError:
        return ""  # of a server elsewhere there is no list here
    sha256 = hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
    return next((entry.tenant for entry in entries if entry.sha256 == sha256), "")


def of_another_tenant(failure: CallFailed, request: object, token_tenant: str) -> CallFailed:
    """Returns the failure, with which tenant the token is of where that is why nothing was found."""
    if failure.reason != "RESOURCE_NOT_FOUND":
        return failure
    name = str(getattr(request, "parent", "") or getattr(request, "name", ""))
    tenant, _, below = name.removeprefix("tenants/").partition("/")
    if token_tenant and token_tenant != tenant:
        failure.message += (
            f"; the name is of tenant {tenant}, and the token of {token_tenant}:"
            " look at --tenant and --token-file"
        )
    elif not token_tenant and not below:
        # A tenant itself is always found by its own tokens.
        failure.message += (
            f"; the token is of another tenant than {tenant}: name its own by --tenant"
        )
    return failure
