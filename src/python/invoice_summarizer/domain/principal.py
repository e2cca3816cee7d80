"""Who calls: proven by the credentials, never taken from the request."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"  # read invoices and summaries
    EDITOR = "editor"  # also ingest, correct, delete, summarize
    REVIEWER = "reviewer"  # also approve, reject and reopen


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    subject: str
    tenant: str
    roles: frozenset[Role]
