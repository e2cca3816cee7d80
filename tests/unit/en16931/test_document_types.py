import json

import pytest

from en16931.document_types import (
    CREDIT_NOTE_TYPE_CODES,
    DocumentType,
    document_kind_of,
    document_type_of,
)
from en16931.model import DocumentKind
from shared_data import shared_data


def _official(name: str) -> list[set[str]]:
    text = (shared_data() / "en16931" / "codelists.json").read_text(encoding="utf-8")
    return [set(codes) for codes in json.loads(text)["BR-CL-01"][name]]


def test_every_code_of_the_official_list_has_a_type() -> None:
    codes = set().union(*_official("lists"), *_official("lists_cii"))
    assert {code for code in codes if document_type_of(code) is None} == set()


def test_credit_notes_are_those_that_the_official_list_of_ubl_invoices_does_not_have() -> None:
    [invoices] = [codes for codes in _official("lists") if "380" in codes]
    [all_codes] = [codes for codes in _official("lists_cii") if "380" in codes]
    # The list has 81 for both.
    assert all_codes - invoices | {"81"} == set(CREDIT_NOTE_TYPE_CODES)


@pytest.mark.parametrize(
    ("code", "document_type", "kind"),
    [
        ("71", DocumentType.PAYMENT_REQUEST, DocumentKind.REMINDER),
        ("80", DocumentType.DEBIT_NOTE, DocumentKind.INVOICE),
        ("383", DocumentType.DEBIT_NOTE, DocumentKind.INVOICE),
        ("527", DocumentType.DEBIT_NOTE, DocumentKind.INVOICE),
        ("384", DocumentType.CORRECTED, DocumentKind.INVOICE),
        ("457", DocumentType.DOCUMENT, DocumentKind.INVOICE),
        ("817", DocumentType.DOCUMENT, DocumentKind.INVOICE),
        ("500", DocumentType.PREPAYMENT, DocumentKind.PREPAYMENT),
        ("503", DocumentType.CREDIT_NOTE, DocumentKind.CREDIT_NOTE),
        ("325", DocumentType.PROFORMA, DocumentKind.PROFORMA),
    ],
)
def test_codes_that_are_easily_mistaken(
    code: str, document_type: DocumentType, kind: DocumentKind
) -> None:
    assert (document_type_of(code), document_kind_of(code)) == (document_type, kind)


def test_unknown_code_has_no_type_and_counts_as_an_invoice() -> None:
    assert document_type_of("999") is None
    assert document_kind_of("999") is DocumentKind.INVOICE
