"""Names over two lines: which lines of an address or a letterhead are one name."""

import re
from collections.abc import Sequence

from invoice_reading.annotation import PageRegion
from invoice_reading.extract.column_text import LEGAL_FORM, ColumnText, has_legal_form, is_name

_GOES_ON = re.compile(
    r"(?:[&,(+/-]|\b(?:und|and|et|en|y|e|i|für|for|pour|voor|para|per|of|de|du|des|der|des|di|do|da|van|von|the|la|le))\s*$",
    re.IGNORECASE,
)
_GOES_ON_AFTER = re.compile(r"^(?:[&+(]|(?:und|and|et|en|of|für|für|mbH|& Co)\b)", re.IGNORECASE)
_LONG_CHARACTERS = (
    26  # a name of a person or a department is shorter, and one that did not fit its line is not
)
_CLOSE = 0.6  # lines of one name are no further apart than this part of their height
_INDENT_POINTS = 6.0


def is_rest_of_name(text: str) -> bool:
    """Returns whether the text is the end of a name that began in the line above it."""
    return text.count(")") > text.count("(") or not LEGAL_FORM.sub("", text).strip(" .,&")


def is_one_name(line: ColumnText, following: ColumnText) -> bool:
    """Returns whether the name in the line goes on in the one under it, rather than that being another name.

    A legal form alone, a line that ends in the middle of a phrase, or a long line without a legal form over one that has
    it says so.
    """
    if not are_close(line, following) or any(letter.isdigit() for letter in following.text):
        return False
    if not is_name(following.text):
        return False
    if is_rest_of_name(following.text):
        return True  # "Example GmbH &" over "Co. KG", too
    if has_legal_form(line.text):
        return _GOES_ON_AFTER.match(following.text) is not None and has_legal_form(following.text)
    if _GOES_ON.search(line.text) or _GOES_ON_AFTER.match(following.text):
        return has_legal_form(following.text)
    return len(line.text) >= _LONG_CHARACTERS and has_legal_form(following.text)


def name_regions(name: ColumnText, below: Sequence[ColumnText]) -> tuple[PageRegion, ...]:
    """Returns the name of an address whose lines under it are given.

    A person or a department over the name of a company with its legal form is not the party.
    """
    if not below:
        return (name.region,)
    following = below[0]
    if is_one_name(name, following):
        return (name.region, following.region)
    if are_close(name, following) and _is_company_under_person(name, following):
        return (following.region,)
    return (name.region,)


def _is_company_under_person(name: ColumnText, following: ColumnText) -> bool:
    return (
        has_legal_form(following.text) and not has_legal_form(name.text) and is_name(following.text)
    )


def are_close(line: ColumnText, following: ColumnText) -> bool:
    """Returns whether the second line stands right under the first, in the same column."""
    apart = following.row.row.top - line.row.row.bottom
    return (
        line.row.page == following.row.page
        and apart + 0.5 * line.row.row.height >= 0
        and apart <= _CLOSE * line.row.row.height
        and abs(line.left - following.left) <= _INDENT_POINTS
    )


def begins_above(above: ColumnText, line: ColumnText, print_height: float) -> bool:
    """Returns whether a name in large print began in the line above: both as large, larger than `print_height`.

    In the print of the page's other text, the line above may be another name, and only the words can tell.
    """
    if not are_close(above, line) or above.is_label or not is_name(above.text):
        return False
    if has_legal_form(above.text) or any(letter.isdigit() for letter in above.text):
        return False
    if is_one_name(above, line):
        return True
    sizes = sorted(_print_height(part) for part in (above, line))
    return sizes[1] <= 1.1 * sizes[0] and sizes[0] > 1.2 * print_height


def _print_height(part: ColumnText) -> float:
    box = part.region.box
    return (box.bottom - box.top) * part.row.row.page.height_points / 1_000_000
