"""Sentences by which payment terms ask for nothing: "This is no request for payment."

Each is a whole sentence of a closed list. A word more, "yet", "unless" or "by cheque" among them, and it is another
sentence, of which nothing is known; so is one that stands in quotation marks or before a colon.
"""

import re
from functools import cache

from invoice_summarizer.domain.payment_terms.words import WORDS

_LONGEST_TEXT = 2000
_SENTENCE_END = re.compile(r"[.!]+(?=\s|\Z)|[\r\n]+")


def asks_for_nothing(text: str) -> bool:
    """Says whether one of the sentences says so, in any language."""
    if len(text) > _LONGEST_TEXT:
        return False
    sentences = (" ".join(sentence.split()) for sentence in _SENTENCE_END.split(text))
    return any(_sentences().fullmatch(sentence) for sentence in sentences)


@cache
def _sentences() -> re.Pattern[str]:
    return re.compile("|".join(words.no_request for words in WORDS.values()), re.IGNORECASE)
