"""Which values are set in quotation marks, so that a reader takes them for the document's words and not for ours."""

import re
from enum import StrEnum

from invoice_reading.currency_codes import known_currencies
from invoice_summarizer.domain.summarizing.phrase_tables import PHRASES, small_words

_NAMES = frozenset({"name", "trading_name", "account_name", "description"})
_ACCOUNTS = frozenset({"account_identifier", "debited_account_identifier"})
_SENTENCE_MARK = re.compile(r"[.:;!?]\s")
_LONGEST_PLAIN_IDENTIFIER = 60
# One word with a digit in it, such as `RE-2024/0017`; anything else could be words of ours.
_IDENTIFIER = re.compile(r"(?=\D*\d)#?[A-Za-z0-9][\w./#&+:-]*", re.ASCII)
_AMOUNT = re.compile(r"([A-Z]{3})?[\d.,]*\d[.,]?([A-Z]{3})?", re.ASCII)
_DECIMAL = re.compile(r"[\d.,]*[.,]\d+")
_BETWEEN_PARTS = re.compile(r"[-/#&+:_ ]")  # without the signs within a number
_SIGNS = re.compile(r"[\W_]+")
_ACCOUNT_WORD = re.compile(r"[A-Z0-9./-]*\d[A-Z0-9./-]*", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


class Quotation(StrEnum):
    NEEDLESS = "NEEDLESS"
    NEEDED = "NEEDED"
    IMPOSSIBLE = "IMPOSSIBLE"  # the value would end its own quotation


def quotation(text: str, field_path: str, language: str) -> Quotation:
    """Returns how the text of a field is set, of which it is known that it is words of the document.

    Quoted is every name and every text: a seller may be called "Acme to Bolt". So is an identifier that is not one word with a digit, that could be taken for an amount, or
    that has a small word of the table in it: an invoice may have the number "paid in full", "EUR-100.00" or "1-not-due".
    """
    if not _needs_quotes(text, field_path, language):
        return Quotation.NEEDLESS
    _, closing = PHRASES[language].quotes
    return Quotation.IMPOSSIBLE if closing.strip() in text else Quotation.NEEDED


def _needs_quotes(text: str, field_path: str, language: str) -> bool:
    name = field_path.rsplit(".", 1)[-1]
    if name in _NAMES or _SENTENCE_MARK.search(text) or len(text) > _LONGEST_PLAIN_IDENTIFIER:
        return True
    if name in _ACCOUNTS and _IBAN.fullmatch(text.replace(" ", "")):
        return False
    is_plain = (name in _ACCOUNTS and _is_account(text)) or _IDENTIFIER.fullmatch(text)
    return not is_plain or _could_be_amount(text) or _has_small_word(text, language)


def _is_account(text: str) -> bool:
    """Says whether it is words that each have a digit."""
    return all(_ACCOUNT_WORD.fullmatch(word) for word in text.split(" "))


def _could_be_amount(text: str) -> bool:
    """Says whether a part of it is a currency, a number with decimals, or a number with a currency."""
    return any(
        part in known_currencies() or _is_amount(part) for part in _BETWEEN_PARTS.split(text)
    )


def _has_small_word(text: str, language: str) -> bool:
    """Says whether a small word of the table stands between its signs, as in `1-not-due`; `17a` is no word."""
    return not small_words(language).isdisjoint(_SIGNS.split(text))


def _is_amount(part: str) -> bool:
    match = _AMOUNT.fullmatch(part)
    if match is None:
        return False
    return bool(_DECIMAL.fullmatch(part) or {match[1], match[2]} & known_currencies())
