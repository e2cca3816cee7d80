"""The name of an enum's value as people read it."""


def enum_words(name: str) -> str:
    """Returns the name in small letters with spaces: `review pending` for `REVIEW_PENDING`."""
    return name.lower().replace("_", " ")
