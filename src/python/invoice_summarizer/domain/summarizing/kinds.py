"""Words for kinds of document, by language: data."""

from collections.abc import Mapping

from en16931.document_types import document_type_of

# The words for the members of DocumentType and DocumentKind.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "INVOICE": "Invoice",
        "CREDIT_NOTE": "Credit note",
        "DEBIT_NOTE": "Debit note",
        "CORRECTED": "Corrected invoice",
        "PREPAYMENT": "Prepayment invoice",
        "PARTIAL": "Partial invoice",
        "SELF_BILLED": "Self-billed invoice",
        "SELF_BILLED_CREDIT_NOTE": "Self-billed credit note",
        "PROFORMA": "Pro forma invoice",
        "PAYMENT_REQUEST": "Payment request",
        "DOCUMENT": "Document",
        "REMINDER": "Reminder",
        "STATEMENT": "Statement",
        "RECEIPT": "Receipt",
    },
    "de": {
        "INVOICE": "Rechnung",
        "CREDIT_NOTE": "Rechnungsgutschrift",
        "DEBIT_NOTE": "Belastungsanzeige",
        "CORRECTED": "Rechnungskorrektur",
        "PREPAYMENT": "Vorauszahlungsrechnung",
        "PARTIAL": "Teilrechnung",
        "SELF_BILLED": "Rechnung im Gutschriftverfahren",
        "SELF_BILLED_CREDIT_NOTE": "Rechnungsgutschrift im Gutschriftverfahren",
        "PROFORMA": "Proformarechnung",
        "PAYMENT_REQUEST": "Zahlungsaufforderung",
        "DOCUMENT": "Dokument",
        "REMINDER": "Mahnung",
        "STATEMENT": "Kontoauszug",
        "RECEIPT": "Beleg",
    },
    "fr": {
        "INVOICE": "Facture",
        "CREDIT_NOTE": "Avoir",
        "DEBIT_NOTE": "Note de débit",
        "CORRECTED": "Facture rectificative",
        "PREPAYMENT": "Facture d’acompte",
        "PARTIAL": "Facture partielle",
        "SELF_BILLED": "Autofacture",
        "SELF_BILLED_CREDIT_NOTE": "Avoir autofacturé",
        "PROFORMA": "Facture pro forma",
        "PAYMENT_REQUEST": "Demande de paiement",
        "DOCUMENT": "Document",
        "REMINDER": "Relance",
        "STATEMENT": "Relevé de compte",
        "RECEIPT": "Reçu",
    },
}


def kind_word(kind: str, language: str) -> str | None:
    """Returns the word for a UNTDID 1001 code or a DocumentKind; None where there is none to say."""
    return _WORDS[language].get(document_type_of(kind) or kind)
