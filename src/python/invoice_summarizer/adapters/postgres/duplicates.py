"""Invoices that may be the same, found by the keys of their identities, which are terms of each."""

import hashlib

from sqlalchemy import func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from en16931.model import InvoiceContent
from invoice_summarizer.adapters.postgres.looked_up import is_term
from invoice_summarizer.adapters.postgres.tables import invoice_terms, invoices
from invoice_summarizer.domain.duplicates import MOST_DUPLICATES, identity_of
from invoice_summarizer.domain.invoice import Invoice, InvoiceHeader

_FIELD = "identity"  # no filter field


async def duplicates(
    connection: AsyncConnection, header: InvoiceHeader, content: InvoiceContent
) -> list[str]:
    """Returns what `InvoiceRepository.duplicates` does."""
    identity = identity_of(content)
    if identity is None:
        return []
    # Held until the transaction ends. What the one before has stored is seen by the next statement, not by this one.
    lock = _lock_key(header.tenant, identity.number)
    await connection.execute(select(func.pg_advisory_xact_lock(lock)))
    alike = select(invoice_terms.c.invoice_id).where(
        or_(*(is_term(_FIELD, key) for key in sorted(identity.keys)))
    )
    query = (
        select(invoices.c.id)
        .where(invoices.c.id.in_(alike), invoices.c.document_sha256 != header.document.sha256)
        .order_by(invoices.c.created_at, invoices.c.id)
        .limit(MOST_DUPLICATES)
    )
    return list((await connection.execute(query)).scalars())


async def put_identity(connection: AsyncConnection, invoice: Invoice) -> None:
    """Stores by what the invoice is known again; the terms of an earlier reading went when this one was stored."""
    identity = identity_of(invoice.content)
    if identity is not None:
        terms = (
            {"tenant": invoice.tenant, "invoice_id": invoice.id, "field": _FIELD, "value": key}
            for key in sorted(identity.keys)
        )
        await connection.execute(insert(invoice_terms), list(terms))


def _lock_key(tenant: str, number: str) -> int:
    digest = hashlib.sha256(f"{tenant} {number}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], signed=True)
