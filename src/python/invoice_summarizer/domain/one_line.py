"""Names in one line: XML breaks them where its writer broke its lines."""

import re

_SPACE = re.compile("[ \t\r\n\f\v\u00a0]+")


def one_line(text: str) -> str:
    """Returns the text with one space wherever there is any, and none at its ends."""
    return _SPACE.sub(" ", text).strip(" ")
