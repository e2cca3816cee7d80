"""Resource names as people type them: in full, or the id alone."""

from aip.errors import ResourceNameError
from aip.resource_name import ResourcePattern
from invoice_summarizer.cli.failures import wrong_usage

TENANT = ResourcePattern("tenants/{tenant}")
INVOICE = ResourcePattern("tenants/{tenant}/invoices/{invoice}")
SUMMARY = ResourcePattern("tenants/{tenant}/invoices/{invoice}/summaries/{summary}")
OPERATION = ResourcePattern("tenants/{tenant}/operations/{operation}")
BATCH = ResourcePattern("tenants/{tenant}/batches/{batch}")


def tenant_name(tenant: str) -> str:
    return _formatted(TENANT, tenant, tenant=tenant)


def invoice_name(tenant: str, typed: str) -> str:
    """Returns the full name for a full name or an id. Raises CommandFailed where it is neither."""
    return typed if "/" in typed else _formatted(INVOICE, typed, tenant=tenant, invoice=typed)


def operation_name(tenant: str, typed: str) -> str:
    """Returns the full name for a full name or an id. Raises CommandFailed where it is neither."""
    return typed if "/" in typed else _formatted(OPERATION, typed, tenant=tenant, operation=typed)


def batch_name(tenant: str, typed: str) -> str:
    """Returns the full name for a full name or an id. Raises CommandFailed where it is neither."""
    return typed if "/" in typed else _formatted(BATCH, typed, tenant=tenant, batch=typed)


def parts_of_summary(typed: str) -> tuple[str, str]:
    """Returns what is typed for the invoice, which may hold a / itself, and for the summary. Raises CommandFailed."""
    invoice, _, summary = typed.rpartition("/")
    if not (invoice and summary):
        raise wrong_usage(
            f"{typed!r} is neither INVOICE/SUMMARY, as `invoicectl summaries list INVOICE` shows them,"
            f" nor a name of the form {SUMMARY.pattern}",
            "INVALID_NAME",
        )
    return invoice, summary


def short_summary(name: str) -> str:
    """Returns INVOICE/SUMMARY for the full name of a summary."""
    ids = SUMMARY.parse(name)
    return f"{ids['invoice']}/{ids['summary']}"


def short_id(name: str) -> str:
    """Returns the last part of a name."""
    return name.rpartition("/")[2]


def start_of_id(name: str) -> str:
    """Returns as much of the last part of a name as names it among a few thousand."""
    return short_id(name)[:8]


def _formatted(pattern: ResourcePattern, typed: str, **ids: str) -> str:
    try:
        return pattern.format(**ids)
    except ResourceNameError as error:
        raise wrong_usage(
            f"{typed!r} is neither an id nor a name of the form {pattern.pattern}", "INVALID_NAME"
        ) from error
