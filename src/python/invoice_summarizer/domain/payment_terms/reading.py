"""Reads payment terms (BT-20), in the form of XRechnung or in people's words."""

from invoice_summarizer.domain.payment_terms.free_text import free_text_terms
from invoice_summarizer.domain.payment_terms.structured import (
    has_structured_lines,
    structured_discounts,
)
from invoice_summarizer.domain.payment_terms.terms import PaymentTerms


def payment_terms(text: str) -> PaymentTerms:
    """Returns what the text says; nothing where it is not understood in full.

    Where lines have the form of XRechnung, they alone count: what is said in words beside them is for people.
    """
    if has_structured_lines(text):
        return PaymentTerms(discounts=structured_discounts(text))
    return free_text_terms(text) or PaymentTerms()
