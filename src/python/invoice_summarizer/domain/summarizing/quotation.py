"""Which values are set in quotation marks, so that a reader takes them for the document's words and not for ours."""

import re

from invoice_summarizer.domain.summarizing.tokens import tokens

_NAMES = frozenset({"name", "trading_name", "account_name", "description"})
_CODES = frozenset({"account_identifier", "debited_account_identifier"})
_SENTENCE_MARK = re.compile(r"[.:;!?]\s")
_LONGEST_PLAIN_NAME = 60
_MOST_PLAIN_WORDS = 3  # of an identifier


def needs_quotation(text: str, field_path: str) -> bool:
    """Says whether the text of the field could be read as a statement: a figure in a name, or something like prose."""
    name = field_path.rsplit(".", 1)[-1]
    if _SENTENCE_MARK.search(text) or len(text) > _LONGEST_PLAIN_NAME:
        return True
    if name in _NAMES:
        return bool(tokens(text))
    is_grouped_account = name in _CODES and " ".join(text.split()) == text and text.isupper()
    return len(text.split()) > _MOST_PLAIN_WORDS and not is_grouped_account
