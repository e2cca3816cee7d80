"""Which strings of a document may stand in a text that people read."""

import re
import unicodedata

LONGEST_VALUE = (
    200  # characters; a longer value is left unsaid, since a cut one would not be the value
)

# Characters that print as nothing, though their category is a letter's, a mark's or a symbol's.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0\ufe00-\ufe0f"
    "\U000e0100-\U000e01ef]"
)
_CUT = " …"
_MOST_MARKS = 4  # on one character; more can hide what stands beside it


def first_forbidden(text: str) -> int | None:
    """Returns where the first control, format, unassigned or invisible character stands; None without one.

    Line feeds are allowed: they are the text's own paragraphs.
    """
    if text.isascii() and text.replace("\n", " ").isprintable():
        return None
    marks = 0
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        allowed = character == "\n" or (category[0] != "C" and category not in ("Zl", "Zp"))
        if not allowed or marks > _MOST_MARKS or _INVISIBLE.match(character):
            return place
    return None


def printable(value: str) -> str | None:
    """Returns the value as it may be printed, runs of white space as one space; None where it is left unsaid.

    Unsaid is a value that is empty, longer than LONGEST_VALUE, or holds control, format (bidirectional overrides,
    zero width) or invisible characters, or begins with a combining mark: such a value cannot be shown and be known to look like what it is.
    """
    if len(value) > 2 * LONGEST_VALUE:
        return None
    one_line = _one_line(value)
    if not one_line or len(one_line) > LONGEST_VALUE or first_forbidden(one_line) is not None:
        return None
    if unicodedata.category(one_line[0])[0] == "M":
        return None
    return one_line


def printable_beginning(value: str) -> str | None:
    """Returns the first words of a value that is too long, with an ellipsis; None where it is not, or cannot be shown.

    Who reads them sees that there is more, and that they alone do not bind anybody.
    """
    one_line = _one_line(value[: 4 * LONGEST_VALUE])
    beginning, space, _ = one_line[: LONGEST_VALUE - len(_CUT)].rpartition(" ")
    if len(one_line) <= LONGEST_VALUE or not space:
        return None
    return printable(beginning + _CUT)


def _one_line(value: str) -> str:
    return re.sub("[ \t\r\n]+", " ", value).strip()
