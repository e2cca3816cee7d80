"""Resource names of the API (AIP-122), and whose they are."""

from aip.errors import ResourceNameError
from aip.resource_name import ResourcePattern
from invoice_summarizer.domain.errors import InvalidInput, NotFound
from invoice_summarizer.domain.principal import Principal

TENANT = ResourcePattern("tenants/{tenant}")
INVOICE = ResourcePattern("tenants/{tenant}/invoices/{invoice}")
SUMMARY = ResourcePattern("tenants/{tenant}/invoices/{invoice}/summaries/{summary}")
EVENT = ResourcePattern("tenants/{tenant}/invoices/{invoice}/events/{event}")
OPERATION = ResourcePattern("tenants/{tenant}/operations/{operation}")
BATCH = ResourcePattern("tenants/{tenant}/batches/{batch}")


def own_name(
    pattern: ResourcePattern, name: str, principal: Principal, field: str = "name"
) -> dict[str, str]:
    """Returns the ids in the name.

    Raises InvalidInput where the name has another form, NotFound where it is another tenant's: a caller cannot learn
    whether a tenant exists.
    """
    try:
        ids = dict(pattern.parse(name))
    except ResourceNameError as error:
        raise InvalidInput(
            f"must have the form {pattern.pattern}", field=field, reason="INVALID_NAME"
        ) from error
    if ids["tenant"] != principal.tenant:
        raise NotFound("no such resource")
    return ids
