"""The word for a kind of document."""

from en16931.document_types import document_type_of
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES


def kind_word(kind: str, language: str) -> str | None:
    """Returns the word for a UNTDID 1001 code or a DocumentKind; None where there is none to say."""
    return PHRASES[language].document_kinds.get(document_type_of(kind) or kind)
