"""The values of a content as a multiset, so that contents can be compared whatever the order of their items."""

import re
from collections import Counter
from collections.abc import Iterable

from en16931.field_path import Leaf, leaves, value_at
from en16931.model import InvoiceContent
from en16931.writing.written import LeftOut

Values = Counter[tuple[str, str]]

_INDEX = re.compile(r"\[\d+\]")
# What a reader works out from the document, and which line stands where.
_DERIVED = frozenset({"extras.document_kind", "extras.sign_convention", "lines[*].extras.position"})


def said(content: InvoiceContent) -> Values:
    """Returns how often each value stands under each field, blanks around texts aside."""
    return _counted(leaves(content))


def told(content: InvoiceContent, left_out: Iterable[LeftOut]) -> Values:
    """Returns the same of what is said to be left out of the content."""
    return _counted((each.field_path, value_at(content, each.field_path)) for each in left_out)  # type: ignore[misc]


def _counted(pairs: Iterable[tuple[str, Leaf]]) -> Values:
    patterns = ((_INDEX.sub("[*]", path), str(value).strip()) for path, value in pairs)
    return Counter((path, text) for path, text in patterns if text and path not in _DERIVED)
