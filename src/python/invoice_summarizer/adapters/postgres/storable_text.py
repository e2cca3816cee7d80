"""Text as PostgreSQL can hold it.

It refuses NUL in text and in jsonb, and half surrogate pairs are no UTF-8; words of a PDF may hold both. Each becomes
U+FFFD, the replacement character, one for one, so that every character span over the text stays right.
"""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
REPLACEMENT = _REPLACEMENT.encode()  # as JSON has it: where there is none, nothing was replaced


def storable_text(text: str) -> str:
    return _UNSTORABLE.sub(_REPLACEMENT, text)


def storable_json(value: object) -> object:
    """Returns the JSON value with every text in it storable, keys included."""
    match value:
        case str():
            return storable_text(value)
        case dict():
            return {storable_json(key): storable_json(member) for key, member in value.items()}
        case list() | tuple():
            return [storable_json(element) for element in value]
        case _:
            return value
