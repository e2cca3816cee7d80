"""Account numbers as they are compared: an IBAN is printed with spaces, and typed as it comes."""

import re

_SPACE = re.compile("[ \t\r\n\u00a0]")
_SMALL = re.compile("[a-z]+")


def account_number(text: str) -> str:
    """Returns the number without spaces, its letters in upper case."""
    return _SMALL.sub(lambda letters: letters[0].upper(), _SPACE.sub("", text))
