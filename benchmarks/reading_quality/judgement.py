"""Whether a value is the one that is expected, as the scorer of the labelled documents has it."""

import difflib
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from reading_quality.labelled import Labelled

_MONEY = frozenset({"net_amount", "tax_amount", "total_amount"})
_ALIKE = 0.9  # of names, where OCR read them


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


def outcome(document: Labelled, field: str, value: object) -> Outcome:
    """Returns what became of an expected field."""
    if value in (None, ""):
        return Outcome.MISSING
    right = any(
        _is_same(field, str(value), str(truth), document.is_scan)
        for truth in document.accepted(field)
    )
    return Outcome.RIGHT if right else Outcome.WRONG


def _is_same(field: str, value: str, truth: str, scan: bool) -> bool:
    if field in _MONEY:
        try:
            return Decimal(value) == Decimal(truth)
        except InvalidOperation:
            return False
    if field == "line_count" or field.endswith("_date"):
        return value == truth
    if field == "invoice_number":
        return "".join(value.split()).casefold() == "".join(truth.split()).casefold()
    read, expected = _squashed(value), _squashed(truth)
    if read == expected:
        return True
    similar = difflib.SequenceMatcher(None, read, expected).ratio() >= _ALIKE
    return scan and field.endswith("_name") and similar


def _squashed(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
