"""Resource names (AIP-122), with `-` for any parent where a method reads across them (AIP-159)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aip.errors import ResourceNameError

ANY = "-"  # AIP-159

ID_PATTERN = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ID = re.compile(ID_PATTERN)
_VARIABLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_COLLECTION = re.compile(r"[a-z][a-zA-Z0-9]*")


@dataclass(frozen=True, slots=True)
class ResourcePattern:
    """The form of a resource's name, as in `tenants/{tenant}/invoices/{invoice}`.

    An id has 1 to 63 lower-case letters, digits and inner hyphens, so UUIDs are ids.
    """

    pattern: str

    def __post_init__(self) -> None:
        segments = self.pattern.split("/")
        variables = [found[1] for found in map(_VARIABLE.fullmatch, segments) if found]
        if len(set(variables)) != len(variables) or not all(
            _VARIABLE.fullmatch(segment) or _COLLECTION.fullmatch(segment) for segment in segments
        ):
            raise ValueError(f"not a resource pattern: {self.pattern}")

    def format(self, **ids: str) -> str:
        """Returns the name with these ids. Raises ResourceNameError where one is no id or is missing or too many."""
        name = _VARIABLE.sub(lambda variable: ids.get(variable[1], ""), self.pattern)
        if self.parse(name) != ids:
            raise ResourceNameError(self.pattern)
        return name

    def parse(self, name: str, *, any_parent: bool = False) -> Mapping[str, str]:
        """Returns the ids in the name. Raises ResourceNameError where it is not of the pattern.

        With `any_parent`, each id but the last may be `-`.
        """
        expected, given = self.pattern.split("/"), name.split("/")
        if len(given) != len(expected):
            raise ResourceNameError(self.pattern)
        ids: dict[str, str] = {}
        for place, (segment, text) in enumerate(zip(expected, given, strict=True), start=1):
            variable = _VARIABLE.fullmatch(segment)
            if variable is None:
                fits = text == segment
            else:
                ids[variable[1]] = text
                is_parent = place < len(expected)
                fits = bool(_ID.fullmatch(text)) or (any_parent and is_parent and text == ANY)
            if not fits:
                raise ResourceNameError(self.pattern)
        return ids
