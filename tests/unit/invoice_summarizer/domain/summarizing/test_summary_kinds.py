import pytest
from unit.invoice_summarizer.domain.summarizing.bound_invoices import LANGUAGES

from en16931.document_types import DocumentType
from en16931.model import DocumentKind
from invoice_summarizer.domain.summarizing.kinds import kind_word


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_and_kind_of_invoice_has_a_word(language: str) -> None:
    said = {*DocumentType, *DocumentKind} - {DocumentKind.NOT_AN_INVOICE}
    assert {one for one in said if kind_word(one, language) is None} == set()


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("71", "Payment request"),
        ("80", "Debit note"),
        ("380", "Invoice"),
        ("389", "Self-billed invoice"),
        ("457", "Document"),
        ("527", "Debit note"),
        ("817", "Document"),
        ("999", None),
    ],
)
def test_type_code_is_said_as_what_it_is(code: str, word: str | None) -> None:
    assert kind_word(code, "en") == word
