"""What somebody may have meant who wrote a word that is none of those that are known."""

from collections.abc import Iterable
from difflib import get_close_matches

_ENOUGH_ALIKE = 0.6
_LONGEST = 200  # characters; nobody types a longer word by mistake


def nearest(written: str, known: Iterable[str]) -> str:
    """Returns the known word that is most like the written one; nothing where none is much like it."""
    if len(written) > _LONGEST:
        return ""
    by_fold = {folded(word): word for word in known}
    found = get_close_matches(folded(written), by_fold, n=1, cutoff=_ENOUGH_ALIKE)
    return by_fold[found[0]] if found else ""


def folded(word: str) -> str:
    """Returns the word as it is compared: without regard to case, and to how its parts are joined."""
    return "_".join(word.casefold().replace("-", " ").replace("_", " ").split())
