"""What the rules of the standard look at: the declared content, and which of its fields could not be read."""

import re
from collections.abc import Collection, Iterable

from en16931.model import InvoiceContent
from en16931.terms.content_group import stated_content

_INDEX = re.compile(r"\[[0-9]+\]")


class Declared:
    """The content of an invoice as it was declared, beside the paths of fields that are there but gave no value.

    `stated` is the same by its business terms. `is_complete` tells whether what is not in the content was not stated, as
    in an e-invoice, or perhaps not read. `unread` are such paths (`XmlReading.unreadable`): a rule that would use one of them is NOT_DECIDABLE.
    """

    def __init__(
        self, content: InvoiceContent, unread: Collection[str] = (), *, is_complete: bool = False
    ) -> None:
        self.content = content
        self.stated = stated_content(content, is_complete=is_complete, unread=unread)
        self._unread_by_path = _by_path(frozenset(unread))

    def is_unread(self, path: str) -> bool:
        """Returns whether the field could not be read; of a path with `[*]`, whether it could not for some index."""
        return path in self._unread_by_path

    def unread_of(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Returns which fields that the paths name could not be read, each with its indices, in order."""
        unread = (field for path in paths for field in self._unread_by_path.get(path, ()))
        return tuple(sorted(set(unread)))


def _by_path(unread: Collection[str]) -> dict[str, list[str]]:
    """Returns the paths under themselves and with `[*]` for each index."""
    by_path: dict[str, list[str]] = {}
    for path in unread:
        for name in {path, _INDEX.sub("[*]", path)}:
            by_path.setdefault(name, []).append(path)
    return by_path
