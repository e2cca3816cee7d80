"""Invoices that may be the same, found by the keys of their identities, which are terms of each."""

import hashlib

from sqlalchemy import ARRAY, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from invoice_summarizer.adapters.postgres.column_types import StorableText
from invoice_summarizer.adapters.postgres.rows import Values
from invoice_summarizer.domain.duplicates import MOST_DUPLICATES, Identity
from invoice_summarizer.domain.invoice import InvoiceHeader


async def duplicates(
    connection: AsyncConnection, header: InvoiceHeader, identity: Identity | None
) -> list[str]:
    """Returns what `InvoiceRepository.duplicates` does."""
    if identity is None:
        return []
    query = select(
        func.same_invoices(
            _lock_key(header.tenant, identity.number),
            literal(sorted(identity.keys), ARRAY(StorableText())),
            header.document.sha256,
            MOST_DUPLICATES,
        )
    )
    return list((await connection.execute(query)).scalars())


def identity_terms(header: InvoiceHeader, identity: Identity | None) -> list[Values]:
    """Returns the rows of `invoice_terms` by which the invoice is known again; none where it has no identity."""
    keys = sorted(identity.keys) if identity is not None else ()
    return [
        {"tenant": header.tenant, "invoice_id": header.id, "field": "identity", "value": key}
        for key in keys
    ]


def _lock_key(tenant: str, number: str) -> int:
    digest = hashlib.sha256(f"{tenant} {number}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], signed=True)
