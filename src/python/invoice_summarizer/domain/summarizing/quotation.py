"""Which values are set in quotation marks, so that a reader takes them for the document's words and not for ours."""

import re
from enum import StrEnum

from invoice_reading.currency_codes import known_currencies
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES, small_words, words
from invoice_summarizer.domain.summarizing.tokens import tokens

_NAMES = frozenset({"name", "trading_name", "account_name", "description"})
_ACCOUNTS = frozenset({"account_identifier", "debited_account_identifier"})
_SENTENCE_MARK = re.compile(r"[.:;!?]\s")
_LONGEST_PLAIN_NAME = 60
# One word with a digit in it, such as `RE-2024/0017`; anything else could be words of ours.
_IDENTIFIER = re.compile(r"(?=\D*\d)#?[A-Za-z0-9][\w./#&+:-]*", re.ASCII)
_AMOUNT = re.compile(r"([A-Z]{3})?[\d.,]*\d[.,]?([A-Z]{3})?", re.ASCII)
_DECIMAL = re.compile(r"[\d.,]*[.,]\d+")
_ACCOUNT_WORD = re.compile(r"[A-Z0-9./-]*\d[A-Z0-9./-]*", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


class Quotation(StrEnum):
    NEEDLESS = "NEEDLESS"
    NEEDED = "NEEDED"
    IMPOSSIBLE = "IMPOSSIBLE"  # the value would end its own quotation


def quotation(text: str, field_path: str, language: str) -> Quotation:
    """Returns how the text of a field is set, of which it is known that it is words of the document.

    Quoted is a name that has a figure or a small word of the table in it, or something like prose: a seller may be
    called "Acme to Bolt". So is an identifier that is not one word with a digit, or that could be taken for an amount:
    an invoice may have the number "paid in full".
    """
    if not _needs_quotes(text, field_path, language):
        return Quotation.NEEDLESS
    _, closing = PHRASES[language].quotes
    return Quotation.IMPOSSIBLE if closing.strip() in text else Quotation.NEEDED


def _needs_quotes(text: str, field_path: str, language: str) -> bool:
    if _SENTENCE_MARK.search(text) or len(text) > _LONGEST_PLAIN_NAME:
        return True
    name = field_path.rsplit(".", 1)[-1]
    if name in _NAMES:
        return bool(tokens(text)) or not small_words(language).isdisjoint(words(text))
    if name in _ACCOUNTS and _is_account(text):
        return False
    return _IDENTIFIER.fullmatch(text) is None or _could_be_amount(text)


def _is_account(text: str) -> bool:
    """Says whether it is an IBAN in groups, or words that each have a digit."""
    words = text.split(" ")
    return bool(
        _IBAN.fullmatch("".join(words)) or all(_ACCOUNT_WORD.fullmatch(word) for word in words)
    )


def _could_be_amount(text: str) -> bool:
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return False
    return bool(_DECIMAL.fullmatch(text) or {match[1], match[2]} & known_currencies())
