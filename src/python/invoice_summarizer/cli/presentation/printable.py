"""Text of documents on a terminal: what a document says must not steer the terminal."""

_SPACES = {"\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\t"}


def printable(text: str, *, keep: str = "") -> str:
    """Returns the text with control and direction characters as U+FFFD, and other spaces as spaces."""
    return "".join(_shown(character, keep) for character in text)


def elided_right(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def elided_left(text: str, width: int, at: str) -> str:
    """Returns the end of the text that fits, cut before one of the characters `at` where that is possible."""
    if len(text) <= width:
        return text
    end = text[len(text) - max(width - 1, 0) :]
    cut = end.find(at)
    return "…" + (end[cut:] if cut >= 0 else end)


def _shown(character: str, keep: str) -> str:
    if character.isprintable() or character in keep:
        return character
    return " " if character in _SPACES or character.isspace() else "\N{REPLACEMENT CHARACTER}"
