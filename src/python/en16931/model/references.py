"""What an invoice says of itself and of other documents: BG-1, BG-2, BG-3, BG-24."""

from datetime import date
from typing import Annotated

from en16931.model.identifiers import Identifier
from en16931.model.term import Group, Term


class InvoiceNote(Group, frozen=True, kw_only=True):
    subject_code: Annotated[str, Term("BT-21")] | None = None  # UNTDID 4451
    note: Annotated[str, Term("BT-22")] | None = None


class ProcessControl(Group, frozen=True, kw_only=True):
    business_process_type: Annotated[str, Term("BT-23")] | None = None
    specification_identifier: Annotated[str, Term("BT-24")] | None = None


class PrecedingInvoice(Group, frozen=True, kw_only=True):
    reference: Annotated[str, Term("BT-25")] | None = None
    issue_date: Annotated[date, Term("BT-26")] | None = None


class AttachedDocument(Group, frozen=True, kw_only=True):
    sha256: str | None = None
    mime_type: str | None = None
    file_name: str | None = None
    size_bytes: int | None = None


class SupportingDocument(Group, frozen=True, kw_only=True):
    reference: Annotated[Identifier, Term("BT-122")] | None = None
    description: Annotated[str, Term("BT-123")] | None = None
    external_location: Annotated[str, Term("BT-124")] | None = None
    attached_document: Annotated[AttachedDocument, Term("BT-125")] | None = None
